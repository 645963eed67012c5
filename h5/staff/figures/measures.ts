/** What units are compared by, and how each figure is shown. */
import type { Figures } from '../../../api/figures/shapes.ts';
import { t } from '../../base/texts.ts';
import { yuan } from '../care/money.ts';

type Branch = Figures['branches'][number];
type Counts = Pick<Branch, 'onTime' | 'timed'>;

/** The share decided in time, 0 to 1; null where nothing was. */
const shareOf = ({ onTime, timed }: Counts): number | null => (timed === 0 ? null : onTime / timed);

/** As 98.7%; cut, not rounded, so that only all is a hundred. */
export function showShare(counts: Counts): string {
  const share = shareOf(counts);
  return share === null ? '—' : `${Math.floor(share * 1000) / 10}%`;
}

export const showNumber = (value: number | null): string => (value === null ? '—' : String(value));

export const measures = [
  'share',
  'received',
  'decided',
  'overdue',
  'medianDays',
  'p90Days',
  'rating',
  'paid',
  'activities',
  'groups',
  'visits',
] as const;
export type Measure = (typeof measures)[number];

/** What a whole bar stands for, where it is not the largest of the units. */
export const wholes: Partial<Record<Measure, number>> = { share: 1, rating: 5 };

export function measureOf(branch: Branch, measure: Measure): number | null {
  if (measure === 'share') return shareOf(branch);
  if (measure === 'rating') return branch.rating?.mean ?? null;
  return measure === 'paid' ? branch.paidFen : branch[measure];
}

export function showMeasure(branch: Branch, measure: Measure): string {
  if (measureOf(branch, measure) === null) return t('figures:league.none');
  if (measure === 'share') return showShare(branch);
  if (measure === 'paid') return yuan(branch.paidFen);
  return String(measureOf(branch, measure));
}

export const nameOf = ({ own, unit }: Branch): string => (own ? t('figures:own', { unit: unit.name }) : unit.name);
