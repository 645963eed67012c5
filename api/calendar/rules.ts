/** What a change of days makes of the calendar. Pure. */
import type { DayKind, NamedDay } from '../../db/schema/calendar.ts';
import { addDays, weekday, type PlainDate } from '../dates.ts';

/** Days that become something, from the first to the last. */
export interface DayChange {
  first: PlainDate;
  last: PlainDate;
  kind: DayKind;
  /** What the days are called; an ordinary day has no name. */
  name: string;
}

/** A row of the calendar for every day of the change. */
export function daysOf({ first, last, kind, name }: DayChange): (NamedDay & { day: PlainDate })[] {
  const days = [];
  for (let day = first; day <= last; day = addDays(day, 1))
    days.push({ day, works: works(day, kind), name: kind === 'ordinary' ? '' : name });
  return days;
}

const works = (day: PlainDate, kind: DayKind): boolean =>
  kind === 'ordinary' ? ![0, 6].includes(weekday(day)) : kind === 'workday';

/** Whether every day is called and worked so already; a day without a row is an ordinary one. */
export function changesNothing(change: DayChange, before: ReadonlyMap<string, NamedDay>): boolean {
  return daysOf(change).every(({ day, works: now, name }) => {
    const was = before.get(day) ?? { works: works(day, 'ordinary'), name: '' };
    return was.works === now && was.name === name;
  });
}
