/**
 * The log. What goes wrong is told without the values it went wrong with: a failed query carries its parameters in its message and
 * in its stack, PostgreSQL quotes what it could not read, and both may be somebody's name or number.
 */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';

/** Opens the log of this process; standard error unless told otherwise. */
export function openLog({ LOG_LEVEL, ROLE }: Pick<Config, 'LOG_LEVEL' | 'ROLE'>, to?: DestinationStream): Logger {
  const options = { level: LOG_LEVEL, base: { role: ROLE }, serializers: { err: plainError } };
  return pino(options, to ?? pino.destination({ dest: 2, sync: true }));
}

export interface PlainError {
  type: string;
  message: string;
  /** Of PostgreSQL, of the network: a short word that can be looked up. */
  code?: string;
  /** Where in the tables. */
  at?: string;
  stack?: string;
  cause?: PlainError;
}

/** Causes of causes beyond this say nothing new. */
const DEEPEST_CAUSE = 4;

/** An error as it may stand in a log. */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' };
  const { code, table_name: table, column_name: column, constraint_name: constraint } = error as ErrorOfTheDriver;
  const at = [table, column, constraint].filter(Boolean).join(' ');
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(code && { code }),
    ...(at && { at }),
    ...(error.stack && { stack: framesOf(error.stack) }),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE && { cause: plainError(error.cause, depth + 1) }),
  };
}

/** What an operator reads when a start fails: the error's own words; of a failed query only why it failed, without its values. */
export function startFault(error: Error): string {
  if (!error.message.startsWith('Failed query:')) return error.message;
  const { message, cause } = plainError(error);
  return cause ? `${message}: ${cause.message}` : message;
}

interface ErrorOfTheDriver extends Error {
  code?: string;
  table_name?: string;
  column_name?: string;
  constraint_name?: string;
}

/** Quoted values, query parameters, and anything as long as a phone or identity number. */
const withoutValues = (message: string): string =>
  message
    .replace(/^Failed query:[\s\S]*/, 'Failed query')
    .replace(/"[^"]*"/g, '"…"')
    .replace(/(?<!\d)(?:1\d{10}|\d{17}[\dXx])(?!\d)/g, '…');

/** The stack without its first lines, which are the message again. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
