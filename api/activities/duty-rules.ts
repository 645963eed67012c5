/** How a unit stands with the duty of 第十二条. Pure: no clock, no database. */
import { addDays, type PlainDate } from '../dates.ts';
import { regularActivities, yearlyActivities } from '../rulebook.ts';

/** `yearly`: city and districts. `regular`: streets and communities. */
export const dutyKinds = ['yearly', 'regular'] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** `open`: nothing yet, and time enough. `planned`: one is published that will settle it. */
export const dutyStates = ['met', 'planned', 'open', 'behind', 'urgent'] as const;
export type DutyState = (typeof dutyStates)[number];

/** `last` is the day of the last one that was held, `next` that of the next one. */
export function dutyAt(kind: DutyKind, last: PlainDate | null, next: PlainDate | null, today: PlainDate): DutyState {
  return kind === 'yearly' ? yearly(last, next, today) : regular(last, next, today);
}

function yearly(last: PlainDate | null, next: PlainDate | null, today: PlainDate): DutyState {
  const year = today.slice(0, 4);
  if (last?.startsWith(year)) return 'met';
  if (next?.startsWith(year)) return 'planned';
  const month = Number(today.slice(5, 7));
  if (month >= yearlyActivities.urgentFromMonth) return 'urgent';
  return month >= yearlyActivities.behindFromMonth ? 'behind' : 'open';
}

/** Late in the year a unit that has held nothing in it is urgent as well. */
function regular(last: PlainDate | null, next: PlainDate | null, today: PlainDate): DutyState {
  const { everyDays } = regularActivities;
  if (last && last > addDays(today, -everyDays)) return 'met';
  if (next && next <= addDays(today, everyDays)) return 'planned';
  const isLate = Number(today.slice(5, 7)) >= yearlyActivities.urgentFromMonth && !last?.startsWith(today.slice(0, 4));
  const isLongAgo = last !== null && last <= addDays(today, -2 * everyDays);
  return isLate || isLongAgo ? 'urgent' : 'behind';
}
