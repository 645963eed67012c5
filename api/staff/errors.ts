/** What looking after staff refuses. */
import { AppError } from '../errors.ts';

/** The invitation was used, revoked, or is older than seven days. */
export const inviteUsed = () => new AppError('invite-used', 410);
export const alreadyThere = () => new AppError('already-there', 409);
/** Whoever is given a post is known by a phone number. */
export const phoneFirst = () => new AppError('phone-first', 403);
/** Asked again with `sure`: the actor would end the only post by which they lead. */
export const ownLastLead = () => new AppError('own-last-lead', 409);
/** The colleague has no second factor that could be reset. */
export const noFactor = () => new AppError('no-factor', 409);
/** One's own second factor is changed with a code, not by a reset. */
export const notYourOwn = () => new AppError('not-your-own', 409);
/** The last day is before the first, is over already, or the leave is longer than a year. */
export const leaveDaysWrong = () => new AppError('leave-days', 422);
/** Whoever stands in has a post at the same unit, and is somebody else. */
export const noSuchDeputy = () => new AppError('leave-no-deputy', 422);
/** The colleague is on leave in these days as well. */
export const deputyAway = () => new AppError('leave-deputy-away', 409);
/** Whoever is suspended answers for nothing until the post is taken up again. */
export const suspendedPost = () => new AppError('suspended-post', 409);
