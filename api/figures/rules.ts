/** What is counted, and what is not told of so few that it would point to a person. Pure. */
import { addDays, firstOfNextMonth, startOf, type PlainDate } from '../dates.ts';
import type { Service } from '../engine/service.ts';

/** A period: days in Changsha, both counted. */
export interface Period {
  from: PlainDate;
  to: PlainDate;
}

/** Five years, as long as the rules are in force (第二十六条). */
export const MOST_MONTHS = 60;

/** The months of a period by their first days; the first and the last may be cut. */
export function monthsOf({ from, to }: Period): PlainDate[] {
  const months: PlainDate[] = [];
  for (let day = `${from.slice(0, 7)}-01` as PlainDate; day <= to; day = firstOfNextMonth(day)) months.push(day);
  return months;
}

/** The moments at which months after the first begin: what `width_bucket` counts by, 0 for the first month. */
export const monthBounds = (months: readonly PlainDate[]): Date[] => months.slice(1).map((day) => startOf(day));

/** Where the figures of a period are read: whole months that were counted at night, and what lies before and after them. */
export interface Sources {
  night: Period | null;
  live: Period[];
}

/** `until` is the first day that was not counted at night; null where nothing was. */
export function sourcesOf(period: Period, until: PlainDate | null): Sources {
  const { from, to } = period;
  const first = from.endsWith('-01') ? from : firstOfNextMonth(from);
  const afterLast = `${addDays(to, 1).slice(0, 7)}-01` as PlainDate;
  const end = until !== null && until < afterLast ? until : afterLast;
  if (until === null || first >= end) return { night: null, live: [period] };
  const live = [
    { from, to: addDays(first, -1) },
    { from: end, to },
  ].filter((part) => part.from <= part.to);
  return { night: { from: first, to: addDays(end, -1) }, live };
}

/** Years that a period touches. */
export function yearsOf({ from, to }: Period): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** How many cases took how many working days. */
export type Histogram = ReadonlyMap<number, number>;

/** The number of working days within which this share of the cases was decided; null without any. */
export function daysWithin(histogram: Histogram, share: number): number | null {
  const wanted = [...histogram.values()].reduce((sum, count) => sum + count, 0) * share;
  let seen = 0;
  for (const [days, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= wanted) return days;
  }
  return null;
}

/** Fewer ratings would say who gave which. */
const LEAST_RATINGS = 5;

export interface Stars {
  sum: number;
  count: number;
}

export interface Rating {
  mean: number;
  count: number;
}

/** Mean to two places and count; null for fewer than five. */
export function ratingOf({ sum, count }: Stars): Rating | null {
  return count < LEAST_RATINGS ? null : { mean: Math.round((sum / count) * 100) / 100, count };
}

/**
 * The ratings of units beside each other, whose sum is told as well: where the hidden ones together are fewer than five, they could
 * be found by taking the others from the sum, so the smallest of the others is hidden with them.
 */
export function ratingsBeside(all: readonly Stars[]): (Rating | null)[] {
  const told = all.map(ratingOf);
  const isHidden = (at: number) => told[at] === null;
  const hidden = all.filter((_, at) => isHidden(at)).reduce((sum, { count }) => sum + count, 0);
  if (hidden === 0 || hidden >= LEAST_RATINGS) return told;
  const smallest = Math.min(...told.flatMap((one) => one?.count ?? []));
  const at = told.findIndex((one) => one?.count === smallest);
  return told.map((one, place) => (place === at ? null : one));
}

/** Illness, hardship, and what a report or a mistake of them set going. */
const special: readonly string[] = ['hardship', 'hospital', 'certification-missing', 'resume-pension', 'recovery'];

/** Services that say something of a person's need, illness or death: they are counted together, never one by one. */
export const isSpecial = ({ kind, tone, discreet }: Pick<Service, 'kind' | 'tone' | 'discreet'>): boolean =>
  tone === 'bereavement' || discreet === true || special.includes(kind);
