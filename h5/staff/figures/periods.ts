/** Periods that are looked at often, by today's date in Changsha. */
import { dayFromToday } from '../../base/days.ts';

export const quickPeriods = ['thisYear', 'thisMonth', 'lastMonth', 'lastYear'] as const;
export type QuickPeriod = (typeof quickPeriods)[number];

export interface Period {
  from: string;
  to: string;
}

export function periodOf(name: QuickPeriod, today = dayFromToday(0)): Period {
  const year = Number(today.slice(0, 4));
  const month = today.slice(0, 7);
  if (name === 'thisYear') return { from: `${year}-01-01`, to: today };
  if (name === 'thisMonth') return { from: `${month}-01`, to: today };
  if (name === 'lastYear') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  const last = new Date(`${month}-01T00:00:00Z`);
  last.setUTCDate(0);
  return monthPeriod(last.toISOString().slice(0, 7));
}

/** The whole of a month, `2026-11`. */
export function monthPeriod(month: string): Period {
  const last = new Date(`${month}-01T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { from: `${month}-01`, to: last.toISOString().slice(0, 10) };
}
