/** What the engine refuses, and how to mend it. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import type { Complaint } from './question.ts';

export const noSuchService = () => new AppError('no-such-service', 404);
export const noSuchQuestion = () => new AppError('no-such-question', 404);
/** The question does not apply after the earlier answers. */
export const notAsked = (question: string) => new AppError('not-asked', 422, {}, { question });
export const badAnswer = (question: string, complaint: Complaint, message: string) =>
  new AppError('bad-answer', 422, { message }, { question, complaint: complaint.code, ...complaint.params });
/** Somebody answered the same question otherwise meanwhile: both answers are given. */
export const answeredMeanwhile = (question: string, mine: string, theirs: string, revision: number) =>
  new AppError('answered-meanwhile', 409, { mine, theirs }, { question, mine, theirs, revision });
export const alreadySubmitted = (number: string | null) => new AppError('already-submitted', 409, {}, { number });
/** What was checked is not what is there now. */
export const changedSinceChecked = (revision: number) => new AppError('changed-since-checked', 409, {}, { revision });
export const notAllAnswered = (question: string) => new AppError('not-all-answered', 422, {}, { question });
export const cannotOpen = (reason: string, message: string) =>
  new AppError('cannot-open', 422, { message }, { reason });
/** Somebody decided before: says who and what. */
export const staleCase = (what: string, who: string, version: number) =>
  new AppError('stale-case', 409, { what, who }, { version });
export const notNow = (verb: string) => new AppError('not-now', 409, {}, { verb });
/** It wants a look of its own: several at once are not decided so. */
export const decidedAlone = () => new AppError('decided-alone', 422);
/** Its time was over, and what was said with it is gone: nothing is added any more. */
export const caseErased = () => new AppError('case-erased', 409);
/** More people with flags than are looked through for one list. */
export const tooManyFlagged = (max: number) => new AppError('too-many-flagged', 422, { max });
export const alreadyReminded = () => new AppError('already-reminded', 409);
