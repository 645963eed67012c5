/** Where a list is read on: by what stands at the last line seen, and mostly its id. What the database would not take comes no further. */
import { z } from 'zod';

const UUID = String.raw`[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}`;
const MOMENT = String.raw`[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})Z`;
const BY_MOMENT = new RegExp(`^(${MOMENT})?,${UUID}$`);

/**
 * `2026-11-30T01:02:03.456Z,<uuid>`, to a thousandth or, where lines are closer than that, a millionth of a second; without a moment
 * where the line has none. A day that the calendar does not have is none: the database would not take it.
 */
export const afterMoment = z
  .string()
  .max(80)
  .regex(BY_MOMENT)
  .refine((cursor) => cursor.startsWith(',') || isMoment(cursor.split(',')[0] ?? ''));

function isMoment(text: string): boolean {
  const parsed = new Date(text);
  // 31 February is taken for a day in March.
  return (
    !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length))
  );
}

/** A moment alone. PostgreSQL has no year 0. */
export const momentOnly = z.iso.datetime().refine((text) => !text.startsWith('0000'));

/** A unit's path and an id. */
export const afterPath = z
  .string()
  .max(200)
  .regex(new RegExp(String.raw`^[\w.-]+,${UUID}$`));
