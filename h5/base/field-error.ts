/** What was wrong with an answer, in the server's words, and where. */
import type { Problem } from './api.ts';

export interface FieldError {
  message: string;
  /** The part of a question with several fields (`room` of a residence, `idNumber` of a person). */
  part: string | null;
  /** For lists: the row, from 1, and its column. */
  row: number | null;
  column: string | null;
}

/** A refusal as something to show at the field. */
export function fieldError(problem: Problem): FieldError {
  const { part, row, column } = problem.more;
  return {
    message: problem.message,
    part: typeof part === 'string' ? part : null,
    row: typeof row === 'number' ? row : null,
    column: typeof column === 'string' ? column : null,
  };
}

/** The same for what the page itself finds missing. */
export const missing = (message: string, part: string | null = null): FieldError => ({
  message,
  part,
  row: null,
  column: null,
});
