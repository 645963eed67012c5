/** What every route file needs: the typed router, and how a request is checked before a verb is called. */
import { Hono } from 'hono';
import { describeRoute, resolver, validator } from 'hono-openapi';
import type { Context, MiddlewareHandler, ValidationTargets } from 'hono';
import type { z } from 'zod';
import type { Ctx } from './context.ts';
import { AppError } from './errors.ts';

/** A page that shows something before any script runs. Everything in it is escaped. */
export interface DrawnPage {
  title: string;
  head: string;
  body: string;
}

/** Set by middleware for every request under `/api`. */
export interface Variables {
  ctx: Ctx;
  /** Of this request: `request-id.ts`. */
  requestId: string;
  /** Writes down what went wrong after the answer had begun. */
  report: (error: unknown) => void;
  /** The session cookie's token, to end it. */
  sessionToken: string | null;
  /** Whether the browser came over TLS, so that cookies may insist on it. */
  secure: boolean;
  /** What this page shows without a script; null where there is nothing to show. */
  drawn?: DrawnPage | null;
  /** The caller's address, for limits. */
  address: string;
}

/** Who calls from inside: only code in this process can pass it (`app.request(path, init, env)`), no HTTP client can. */
export interface InnerCall {
  chat?: { kind: 'telegram'; id: string; name: string; language: string | undefined };
  actKey?: string;
}

export interface Env {
  Variables: Variables;
  Bindings: { inner?: InnerCall; incoming?: { socket?: { remoteAddress?: string } } };
}

export const router = () => new Hono<Env>();

/** Checks one part of a request. What does not fit is refused with the fields that are wrong. */
export function valid<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, schema, (result) => {
    if (result.success) {
      if (!isPlain(result.data)) throw new AppError('bad-request', 400, { fields: target }, { fields: [] });
      return;
    }
    const fields = result.error.map((issue) => ({
      path: issue.path?.map(String).join('.') ?? '',
      message: issue.message,
    }));
    throw new AppError(
      'bad-request',
      400,
      { fields: fields.map((field) => field.path || field.message).join(', ') },
      { fields },
    );
  });
}

/** A list of rows with a person in each is seven deep. */
const DEEPEST = 24;

/**
 * What programs of ours can go on with: not nested deeper than any form is (whoever walks it would run out of stack), and without
 * the sign NUL, which no text column takes.
 */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return depth < DEEPEST && Object.values(value).every((inner) => isPlain(inner, depth + 1));
}

/** What `about` promises of a route, as the type of its context has it. */
interface Promises<Shape> {
  in: object;
  out: { answer: Shape };
}

/**
 * Says what a route is for and what shape its answer has: in the OpenAPI document, and to the compiler, which lets the route
 * `reply` with nothing else. Nothing is checked while people wait; the tests hold every answer against the document.
 */
export function about<Shape extends z.ZodType>(
  summary: string,
  shape: Shape,
): MiddlewareHandler<Env, string, Promises<z.output<Shape>>> {
  const content = { 'application/json': { schema: resolver(shape, { options: { io: 'output' } }) } };
  return describeRoute({ summary, responses: { 200: { description: 'The answer', content } } });
}

/** Answers with what `about` promises. */
export const reply = <I extends Promises<unknown>, P extends string>(
  c: Context<Env, P, I>,
  value: I['out']['answer'],
) => c.json(value, 200);

/** Says what a route is for that has nothing to answer: it ends with `c.body(null, 204)`. */
export const aboutNothing = (summary: string) =>
  describeRoute({ summary, responses: { 204: { description: 'Done' } } });

/** Says what a route is for that answers with a file of this type. */
export const aboutFile = (summary: string, type: string) =>
  describeRoute({ summary, responses: { 200: { description: 'The file', content: { [type]: {} } } } });
