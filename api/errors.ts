/**
 * Errors that a person can mend. Each has a stable `code`; `locales/<language>/errors.json` has the words for it and
 * `app.ts` turns it into problem+json. Anything else that is thrown is ours to mend and is answered with 500.
 */
import { z } from 'zod';

/** problem+json (RFC 9457), and beside it what the error's `more` says. */
export const problemShape = z.looseObject({
  type: z.string(),
  status: z.int(),
  /** Stable, for programs. */
  code: z.string(),
  /** What went wrong and how to mend it, in the reader's language. */
  title: z.string(),
  detail: z.string(),
});

export type Params = Record<string, string | number>;

export class AppError extends Error {
  readonly code: string;
  /** HTTP status. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503;
  /** What the words need. */
  readonly params: Params;
  /** What a program needs to go on (both values of a conflict, the field that was wrong). */
  readonly more: Record<string, unknown>;

  constructor(code: string, status: AppError['status'], params: Params = {}, more: Record<string, unknown> = {}) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.params = params;
    this.more = more;
  }
}

export const notSignedIn = () => new AppError('not-signed-in', 401);
export const notAllowed = () => new AppError('not-allowed', 403);
/** Also for what exists but is not theirs: a stranger learns nothing from the difference. */
export const notFound = () => new AppError('not-found', 404);
