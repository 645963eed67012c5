/** What activities refuse. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import type { Door, TimeFault } from './rules.ts';

const timeFaults = {
  past: 'activity-time-past',
  backwards: 'activity-time-backwards',
  long: 'activity-time-long',
  'sign-up-backwards': 'activity-time-sign-up-backwards',
  'sign-up-late': 'activity-time-sign-up-late',
} as const satisfies Record<TimeFault, string>;
const closed = {
  'not-yet': 'sign-up-not-yet',
  closed: 'sign-up-closed',
  running: 'sign-up-running',
  over: 'sign-up-over',
  cancelled: 'sign-up-cancelled',
} as const satisfies Record<Exclude<Door, 'open'>, string>;

/** Somebody else changed it meanwhile. */
export const activityChanged = (version: number) => new AppError('activity-changed', 409, {}, { version });
export const activityTimes = (fault: TimeFault) => new AppError(timeFaults[fault], 422, {}, { fault });
/** What has begun, is over or was cancelled is not changed any more. */
export const activityOver = () => new AppError('activity-over', 409);
/** Fewer seats than are taken. */
export const seatsTaken = (taken: number) => new AppError('activity-seats-taken', 409, { taken }, { taken });
/** Not a map's address. */
export const notAMap = () => new AppError('activity-not-a-map', 422);

/** Sign-up begins later, or is closed, or the activity runs, is over or cancelled. `when` is when it opens. */
export const signUpClosed = (why: Exclude<Door, 'open'>, when = '') =>
  new AppError(closed[why], 409, { when }, { why });
/** Sign-up is over, and at the door no seat is free. */
export const noSeatLeft = () => new AppError('sign-up-full', 409);
/** The activity is for other people. */
export const outsideAudience = (unit: string) => new AppError('sign-up-outside', 403, { unit });
/** The activity is a self-help group's own, for its members. */
export const outsideGroup = () => new AppError('sign-up-outside-group', 403);
/** Whoever proposed an activity of a group leads none of this community any more. */
export const leadsNoGroup = () => new AppError('group-leads-none', 409);
/** Photos are added once it has begun. */
export const photosTooEarly = () => new AppError('activity-photos-early', 409);
export const tooManyPhotos = (max: number) => new AppError('too-many-files', 422, { max });
export const alreadySignedUp = () => new AppError('sign-up-twice', 409);
/** It is rated once it is over, by those who were there, once. */
export const notOverYet = () => new AppError('rating-early', 409);
export const wasNotThere = () => new AppError('rating-not-there', 409);
export const ratedBefore = () => new AppError('rating-twice', 409);
export const noCompanions = () => new AppError('sign-up-no-companion', 422);
/** The seat is theirs, and there is none beside it. */
export const noSecondSeat = () => new AppError('sign-up-no-second-seat', 409);
/** Cancelled before, or the time to confirm is over. */
export const noLongerSignedUp = () => new AppError('sign-up-gone', 409);
/** It has begun: whoever was there stays in the list. */
export const tooLateToCancel = () => new AppError('sign-up-too-late', 409);
