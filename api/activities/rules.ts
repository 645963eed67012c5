/** When one may sign up, how long an offered seat is held, when people are reminded, and what is near. Pure: no clock, no database. */
import { addDays, dayOf, startOf } from '../dates.ts';
import { isQuiet, wakingTime } from '../delivery/quiet-hours.ts';

export const MOST_SEATS = 5000;
export const MOST_TITLE = 40;
export const MOST_DETAILS = 2000;
export const MOST_WORDS = 200;
/** 1,000 yuan: more than that nobody is asked for by a community. */
export const MOST_FEN = 100_000;

export const MOST_PHOTOS = 30;
/** More units has none right below it. */
export const MOST_UNITS = 100;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Whom an activity is for: those in its unit's care, or only those of some units below it. */
export interface Reach {
  unitId: string;
  audience: readonly string[] | null;
}

/** Whether an activity is for those in the care of a unit, given by the units from the city down to it. */
export const isReached = ({ unitId, audience }: Reach, path: readonly string[]): boolean =>
  path.includes(unitId) && (audience === null || audience.some((id) => path.includes(id)));

/** Whether an activity is for somebody: by whose care they are in, and of its group when it is a group's own. */
export const isFor = (
  activity: Reach & { groupId: string | null },
  person: { path: readonly string[]; group: string | null },
): boolean => isReached(activity, person.path) && (activity.groupId === null || activity.groupId === person.group);

/** What of an activity decides whether one may sign up. */
export interface Doors {
  state: 'published' | 'cancelled';
  startsAt: Date;
  endsAt: Date;
  opensAt: Date;
  closesAt: Date;
}

export type Door = 'open' | 'not-yet' | 'closed' | 'running' | 'over' | 'cancelled';

/** Whether one may sign up at a moment, or why not. Nobody signs up for what has begun. */
export function doorAt({ state, startsAt, endsAt, opensAt, closesAt }: Doors, now: Date): Door {
  if (state === 'cancelled') return 'cancelled';
  if (endsAt <= now) return 'over';
  if (startsAt <= now) return 'running';
  if (now < opensAt) return 'not-yet';
  return closesAt <= now ? 'closed' : 'open';
}

export interface Times {
  startsAt: Date;
  endsAt: Date;
  opensAt: Date;
  closesAt: Date;
}

export type TimeFault = 'past' | 'backwards' | 'sign-up-backwards' | 'sign-up-late' | 'long';

/** What is wrong with the times of an activity that is published or changed now; null when nothing is. */
export function faultOfTimes({ startsAt, endsAt, opensAt, closesAt }: Times, now: Date): TimeFault | null {
  if (startsAt <= now) return 'past';
  if (endsAt <= startsAt) return 'backwards';
  if (endsAt.getTime() - startsAt.getTime() > 14 * DAY_MS) return 'long';
  if (closesAt <= opensAt) return 'sign-up-backwards';
  return closesAt > startsAt ? 'sign-up-late' : null;
}

/** Whether two spans of time have a moment in common: one that ends when the other begins does not. */
export const clash = (a: { startsAt: Date; endsAt: Date }, b: { startsAt: Date; endsAt: Date }): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** An offered seat is held for a day, counted from when the person may be told. */
const OFFER_MS = DAY_MS;
/** So late that nobody can be asked any more: whoever is next simply has the seat. */
const TOO_LATE_MS = 3 * HOUR_MS;

/**
 * Until when a seat that became free is held for the next in line: a day, but never longer than half of the time that is left.
 * `null`: it is too late to ask, they are in at once.
 */
export function offerUntil(startsAt: Date, now: Date): Date | null {
  const told = wakingTime(now).getTime();
  const left = startsAt.getTime() - told;
  return left < TOO_LATE_MS ? null : new Date(told + Math.min(OFFER_MS, left / 2));
}

/** Reminders go out a day and two hours before. */
const REMINDERS_MS = [DAY_MS, 2 * HOUR_MS];

/**
 * When whoever has a seat is to be reminded next, after `now`; null when not any more. Never in the quiet hours: what falls into them
 * comes at eight; for what begins before that, at eight in the evening before.
 */
export function nextReminder(startsAt: Date, now: Date): Date | null {
  const times = REMINDERS_MS.map((before) => wakeable(new Date(startsAt.getTime() - before), startsAt));
  return times.find((time) => time > now) ?? null;
}

function wakeable(time: Date, startsAt: Date): Date {
  if (!isQuiet(time)) return time;
  const morning = wakingTime(time);
  if (morning < startsAt) return morning;
  return new Date(startOf(addDays(dayOf(morning), -1)).getTime() + 20 * HOUR_MS);
}

/** Half an hour after it is over people are home again. */
const ASK_AFTER_MS = 30 * MINUTE_MS;

/** When whoever was there is asked how it was, by day; a door whose phone had no network says late who came. */
export const askAt = (endsAt: Date, now: Date): Date =>
  wakingTime(new Date(Math.max(endsAt.getTime() + ASK_AFTER_MS, now.getTime())));

/** Where an activity stands by nearness: 0 is of the unit in whose care somebody is, 1 of the one above it … */
export function nearnessOf(paths: readonly (readonly string[])[]): Map<string, number> {
  const near = new Map<string, number>();
  for (const path of paths)
    for (const [above, unitId] of path.toReversed().entries())
      near.set(unitId, Math.min(above, near.get(unitId) ?? above));
  return near;
}

/** How many of those who wait, in their order, have a seat now: the first who does not fit is waited for. */
export function howManyFit(sizes: readonly number[], free: number): number {
  let left = free;
  const first = sizes.findIndex((size) => (left -= size) < 0);
  return first === -1 ? sizes.length : first;
}
