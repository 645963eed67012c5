import { monthOf, type PlainMonth } from '../../values/plain-month.ts';
import { parseRosterDate, type RosterDateFault } from '../../values/roster-date.ts';
import { complain, read, type QuestionType } from '../question.ts';

export interface MonthOptions {
  max?: 'now';
}

const EARLIEST = '1900-01';

/** What the words say that is missing; a month that a day was added to is the month. */
const complaints: Partial<Record<RosterDateFault, string>> = { 'year-only': 'month-missing' };

/** A month: what people know of days long ago (退休时间, annex 3 has 「1960年7月」). A whole day is taken for its month. */
export const month: QuestionType<MonthOptions, PlainMonth> = {
  chat: 'ask',
  read(raw, { max }, { today }) {
    const parsed = typeof raw === 'string' ? parseRosterDate(raw) : null;
    if (!parsed?.ok) return complain((parsed && complaints[parsed.code]) ?? 'not-a-month');
    const { month: found } = parsed.value;
    if (max === 'now' && found > monthOf(today)) return complain('month-in-the-future');
    return found < EARLIEST ? complain('too-long-ago') : read(found);
  },
  load: (stored) => stored,
  show: (stored, say) => say('engine:answers.month', { year: stored.slice(0, 4), month: Number(stored.slice(5)) }),
  schema: () => ({ type: 'string', pattern: '^\\d{4}-\\d{2}$' }),
};
