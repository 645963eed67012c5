/** How a case keeps its promise: what of the time allowed was used, and whether a step was left late. Pure, over a calendar. */
import type { Status } from '../../db/schema/engine.ts';
import type { Calendar } from '../ports.ts';
import { workingDaysBetween } from './deadline.ts';

/** What a case has of its time before a move. */
export interface TimeBefore {
  status: Status;
  clockFrom: Date | null;
  dueAt: Date | null;
  usedDays: number;
  /** Null for what was decided before this was kept. */
  late: boolean | null;
  decidedAt: Date | null;
}

/** What a move says about status and clock; left out what stays. */
export interface TimeChange {
  status?: Status | undefined;
  clockFrom?: Date | null | undefined;
}

export interface TimeKept {
  usedDays?: number;
  late?: boolean | null;
  decidedAt?: Date;
}

/** Decided and in force; typing it into the office's own system comes after. */
const decided: readonly Status[] = ['entering', 'approved', 'rejected'];
const ends: readonly Status[] = [...decided, 'withdrawn'];

/**
 * What a move makes of it. Working days count from the day after the clock began to the day of the move, so that those of the steps
 * add up; while a case is with the applicant none counts. A step that the clock itself ends (`timed`) waits for people, not for the
 * office: it takes no days and is never left late. After the decision nothing changes any more.
 */
export function keepTime(
  before: TimeBefore,
  change: TimeChange,
  { now, calendar, timed }: { now: Date; calendar: Calendar; timed: boolean },
): TimeKept {
  if (before.decidedAt || before.status !== 'open' || !leavesClock(before, change)) return {};
  const { clockFrom, dueAt, usedDays, late } = before;
  return {
    usedDays: usedDays + (clockFrom && !timed ? workingDaysBetween(clockFrom, now, calendar) : 0),
    late: !timed && dueAt !== null && now > dueAt ? true : late,
    ...(change.status && decided.includes(change.status) && { decidedAt: now }),
  };
}

function leavesClock({ clockFrom }: TimeBefore, change: TimeChange): boolean {
  if (change.status && ends.includes(change.status)) return true;
  return change.clockFrom !== undefined && change.clockFrom?.getTime() !== clockFrom?.getTime();
}
