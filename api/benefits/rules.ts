/**
 * How much a family may expect (人社部发〔2021〕18号 第四条、第五条): pure, over a stored rule and a published figure. Contribution
 * (视同缴费 included) and pension drawn count by the month, so that months of grant are kept in twelfths; money in whole fen.
 */
import { z } from 'zod';
import type { StoredRule } from '../../db/schema/deaths.ts';
import type { PlainDate } from '../dates.ts';

const YEAR = 12;

/** Twelfths of a month that the survivor grant is paid for a retiree. More contribution is never less; more pension drawn never more. */
export function twelfthsGranted(rule: StoredRule, contributedMonths: number, drawn: number): number {
  const { perYear, least } = rule.drawn;
  return Math.max(least * YEAR, mostTwelfths(rule, contributedMonths) - drawn * perYear);
}

/** The same before pension drawn is taken off. */
export function mostTwelfths({ steps, beyond }: StoredRule, contributedMonths: number): number {
  const step = steps.find(({ underYears }) => contributedMonths < underYears * YEAR);
  if (step) return step.months * YEAR;
  const more = Math.max(contributedMonths - beyond.years * YEAR, 0);
  return Math.min(beyond.months * YEAR + more, beyond.most * YEAR);
}

/** Months in which a pension was paid: from the month after retirement to the month of death. */
export function drawnMonths(retiredOn: PlainDate, diedOn: PlainDate): number {
  const monthOf = (day: PlainDate) => Number(day.slice(0, 4)) * YEAR + Number(day.slice(5, 7));
  return Math.max(monthOf(diedOn) - monthOf(retiredOn), 0);
}

/** The base of a month: a twelfth of the published year, in whole fen. */
export const monthFen = (yearFen: number): number => Math.round(yearFen / YEAR);

/** One end of a range: twelfths of a month, and what they come to. */
const grant = z.object({ twelfths: z.int(), fen: z.int() });
export type Grant = z.infer<typeof grant>;

export const estimated = z.object({
  funeralMonths: z.int(),
  funeralFen: z.int(),
  /** The least and the most; the same when everything is known. */
  low: grant,
  high: grant,
});
export type Estimate = z.infer<typeof estimated>;

export const known = z.object({
  /** Null when nobody knows: then it is a range. */
  contributedMonths: z.int().nullable(),
  drawnMonths: z.int().nullable(),
});
export type Known = z.infer<typeof known>;

/** @see Estimate; `baseFen` is the base of one month */
export function estimate(rule: StoredRule, baseFen: number, given: Known): Estimate {
  const granted = (contributed: number, paid: number): Grant => {
    const twelfths = twelfthsGranted(rule, contributed, paid);
    return { twelfths, fen: Math.round((baseFen * twelfths) / YEAR) };
  };
  const { contributedMonths, drawnMonths: drawn } = given;
  return {
    funeralMonths: rule.funeralMonths,
    funeralFen: baseFen * rule.funeralMonths,
    low: granted(contributedMonths ?? 0, drawn ?? Number.MAX_SAFE_INTEGER),
    high: granted(contributedMonths ?? Number.MAX_SAFE_INTEGER, drawn ?? 0),
  };
}
