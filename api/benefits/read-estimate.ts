/** An estimate of what a family may expect: 估算, with everything that it was made of, or why there is none. */
import { z } from 'zod';
import { caseByNumber } from '../engine/cases/find.ts';
import { ownAnswers } from '../engine/cases/answers.ts';
import { factsOf } from '../engine/cases/facts.ts';
import { loadSubject } from '../engine/subjects.ts';
import { serviceOf } from '../engine/catalogue.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { notFound } from '../errors.ts';
import { baseOf, ruleOn } from './figures.ts';
import { drawnMonths, estimate, estimated, known, monthFen, type Known } from './rules.ts';

/** Why there is no estimate: the words say it (`h5:estimate.none`). */
const reasons = ['before-rule', 'no-base', 'at-work'] as const;
export type NoEstimate = (typeof reasons)[number];

export const shownEstimate = z.discriminatedUnion('is', [
  z.object({ is: z.literal('none'), why: z.enum(reasons), year: z.int(), since: z.iso.date().nullable() }),
  z.object({
    is: z.literal('estimate'),
    /** The year that the base is of, and what was published for it. */
    year: z.int(),
    yearFen: z.int(),
    monthFen: z.int(),
    /** Where base and rule stand. */
    source: z.string(),
    rule: z.string(),
    since: z.iso.date(),
    ...known.shape,
    ...estimated.shape,
  }),
]);
export type ShownEstimate = z.infer<typeof shownEstimate>;

export interface Asked extends Known {
  diedOn: PlainDate;
  atWork: boolean;
}

/** @see ShownEstimate */
export async function readEstimate(ctx: Ctx, { diedOn, atWork, ...facts }: Asked): Promise<ShownEstimate> {
  const year = Number(diedOn.slice(0, 4)) - 1;
  const [[rule], [base]] = await Promise.all([ruleOn(ctx.db, { day: diedOn }), baseOf(ctx.db, { year })]);
  const none = (why: NoEstimate) => ({ is: 'none' as const, why, year, since: rule?.since ?? null });
  if (atWork) return none('at-work');
  if (!rule) return none('before-rule');
  if (!base) return none('no-base');
  const fen = monthFen(base.yearFen);
  const { source, yearFen } = base;
  const figures = { year, yearFen, monthFen: fen, source, rule: rule.source, since: rule.since };
  return { is: 'estimate', ...figures, ...facts, ...estimate(rule.rule, fen, facts) };
}

/** The estimate of a survivor-benefits case, by what its family said and the registry holds. @throws not-found */
export async function readCaseEstimate(ctx: Ctx, number: string): Promise<ShownEstimate> {
  const row = await caseByNumber(ctx, number);
  const service = serviceOf(row.kind);
  ensureCanSee(ctx.actor, 'case.read', await factsOf(ctx, row, service));
  if (service.panel !== 'estimate') throw notFound();
  const [subject, own] = await Promise.all([loadSubject(ctx, service.subject, row.subjectId), ownAnswers(ctx, row.id)]);
  if (!subject || !('diedOn' in subject) || !subject.diedOn) throw notFound();
  const said = (key: string) => own.find((one) => one.key === key)?.value ?? null;
  const years = said('years');
  return readEstimate(ctx, {
    diedOn: subject.diedOn,
    atWork: said('atWork') === true,
    contributedMonths: typeof years === 'number' ? years * 12 : null,
    drawnMonths: subject.retiredOn && drawnMonths(subject.retiredOn, subject.diedOn),
  });
}
