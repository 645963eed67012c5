/** Which rungs a waiting case has reached. Pure: what a unit's ladder looks like is handed in. */
import type { Calendar } from '../ports.ts';
import { deadline } from '../engine/deadline.ts';

/** Where a case stands in time: counted from `from`, `days` working days until `due`. */
export interface Wait {
  from: Date;
  days: number;
  due: Date;
}

/** Rung 0 is whoever has it in hand, 1 the unit's own lead, 2 the unit above, and so on up to the city. */
export interface Rung {
  level: number;
  /** Nobody is there to be told: the one above is told at the same time instead. */
  isEmpty: boolean;
}

/** Half of the promise is gone after this many working days. A promise of a day has no half. */
export const halfOf = (days: number): number | null => (days > 1 ? Math.ceil(days / 2) : null);

/**
 * The rungs whose time has come, lowest first: at half the promise whoever has it; when it is due the unit's lead; then each working day
 * the unit above. A rung without anybody costs no day.
 */
export function reached(wait: Wait, ladder: readonly Rung[], now: Date, calendar: Calendar): number[] {
  const levels: number[] = [];
  let days = 0;
  for (const { level, isEmpty } of ladder) {
    if (now <= momentOf(wait, level, days, calendar)) break;
    levels.push(level);
    if (level > 0 && !isEmpty) days += 1;
  }
  return levels;
}

function momentOf({ from, days, due }: Wait, level: number, after: number, calendar: Calendar): Date {
  const half = halfOf(days);
  if (level === 0 && half !== null) return deadline(from, half, calendar);
  return after === 0 ? due : deadline(due, after, calendar);
}
