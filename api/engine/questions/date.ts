import { isPlainDate, type PlainDate } from '../../dates.ts';
import { complain, read, type QuestionType } from '../question.ts';

export interface DateOptions {
  max?: 'today';
}

/** Nobody alive has anything to report from before this day. */
const EARLIEST = '1900-01-01';

/** A day. Full-width digits, slashes, dots and 年月日 are taken for hyphens; a month alone is asked to be a day. */
export const date: QuestionType<DateOptions, PlainDate> = {
  chat: 'ask',
  read(raw, { max }, { today }) {
    if (typeof raw !== 'string') return complain('not-a-day');
    const day = normalise(raw);
    if (!day) return complain(/^\D*\d{4}\D+\d{1,2}\D*$/.test(raw.normalize('NFKC')) ? 'day-missing' : 'not-a-day');
    if (max === 'today' && day > today) return complain('in-the-future', { today });
    return day < EARLIEST ? complain('too-long-ago') : read(day);
  },
  load: (stored) => stored,
  show: (stored, say) => {
    const [year = '', month, day] = stored.split('-');
    return say('engine:answers.day', { year, month: Number(month), day: Number(day) });
  },
  schema: () => ({ type: 'string', format: 'date' }),
};

function normalise(raw: string): PlainDate | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(raw.normalize('NFKC').replace(/\s/g, ''));
  if (!parts) return null;
  const [, year, month = '', day = ''] = parts;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(text) ? text : null;
}
