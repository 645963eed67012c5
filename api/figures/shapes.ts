/** The shapes of the figures. */
import { z } from 'zod';

const unit = z.object({ id: z.string(), name: z.string() });

/** What is counted of cases, in each row of every table. */
const counts = z.object({
  /** Came in during the period. */
  received: z.int(),
  /** Of those, given back at least once for something missing. */
  returned: z.int(),
  /** Decided during the period: approved or refused. */
  decided: z.int(),
  /** Of those, the ones of which it is known whether they were in time; and those that were. */
  timed: z.int(),
  onTime: z.int(),
  /** Half of them, and nine in ten, were decided within so many working days; waiting for people does not count. */
  medianDays: z.int().nullable(),
  p90Days: z.int().nullable(),
});
export type Counts = z.infer<typeof counts>;

/** Mean and count; null for fewer than five. */
const rating = z.object({ mean: z.number(), count: z.int() }).nullable();

/** The same with what stands now, what people said, and money. */
const unitFigures = counts.extend({
  /** Waiting and overdue now, whatever the period. */
  waiting: z.int(),
  overdue: z.int(),
  /** Of what was decided in the period. */
  rating,
  /** Care payments of the period, less what came back, and the budgets of the years that it touches. */
  paidFen: z.int(),
  budgetFen: z.int(),
  /** Activities that took place in the period, who came, and how they found them. */
  activities: z.int(),
  came: z.int(),
  activityRating: rating,
  /** Self-help groups now, whatever the period. */
  groups: z.int(),
  /** In the period: care payments, each given on a visit, and visits that groups noted. */
  visits: z.int(),
});
export type UnitFigures = z.infer<typeof unitFigures>;

export const figures = z.object({
  unit,
  /** The unit above, when the reader may see its figures. */
  above: unit.nullable(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** The moment of it. */
  at: z.iso.datetime(),
  total: unitFigures,
  /** The units right below, each with what is below it; the unit's own desk first. Empty where nothing is below. */
  branches: z.array(unitFigures.extend({ unit, own: z.boolean() })),
  months: z.array(counts.extend({ month: z.string() })),
  /** Those that speak of need, illness or death stand together, without a `kind`. */
  services: z.array(counts.extend({ kind: z.string().nullable(), title: z.string() })),
});
export type Figures = z.infer<typeof figures>;
