/** Months as the pages about groups name them: `2026-09`. */
import { t } from '../base/texts.ts';

/** Of today in Changsha. */
export const monthNow = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

export function showMonth(month: string): string {
  const [year = '', number] = month.split('-');
  return t('groups:month.name', { year, month: Number(number) });
}
