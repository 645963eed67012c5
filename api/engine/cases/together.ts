/**
 * Many alike decided at once: a preview of what each decision does and which cannot be done, then each in a transaction of its own
 * with the version that was seen. What a service does not offer so (`Move.together`: money, a death) is decided alone.
 */
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import { ensureCan } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { isTogether, serviceOf, stepOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import { decidedAlone } from '../errors.ts';
import type { Service } from '../service.ts';
import { statusText, stepText, verbText } from '../texts.ts';
import { act } from './act.ts';
import { caseByNumber } from './find.ts';
import { caseLine, heldFact } from './shapes.ts';
import { readCase } from './view.ts';

/** A page of the list: more than that nobody looks through before confirming. */
export const MOST_TOGETHER = 20;
const VERB = 'approve';

/**
 * Why a case is left out: it is not there for the reader, nothing is theirs to decide now, it must be looked at alone, or it is of
 * another service or step than most.
 */
const leftOut = ['gone', 'not-now', 'alone', 'other'] as const;
type LeftOut = (typeof leftOut)[number];

const previewed = z.object({
  number: z.string(),
  why: z.enum(leftOut).nullable(),
  /** The case as it stands; null when it is not there for the reader. */
  line: caseLine.nullable(),
  answers: z.array(heldFact),
  before: z.array(heldFact),
});
export type Previewed = z.infer<typeof previewed>;

export const togetherPreview = z.object({
  /** What the decision is called, and where it leads; null when none of them can be decided so. */
  label: z.string().nullable(),
  leadsTo: z.string().nullable(),
  cases: z.array(previewed),
});
export type TogetherPreview = z.infer<typeof togetherPreview>;

/** What each decision would do, and which cannot be done and why; nothing changes. @throws not-signed-in, not-allowed */
export async function previewTogether(ctx: Ctx, numbers: readonly string[]): Promise<TogetherPreview> {
  ensureCan(ctx.actor, 'pending.read', null);
  const rows = await ctx.db
    .select()
    .from(cases)
    .where(inArray(cases.number, [...numbers]));
  const seen = await Promise.all(numbers.map((number) => look(ctx, number, rows)));
  const places = Map.groupBy(
    seen.filter(({ view }) => view.why === null),
    ({ row }) => `${row?.kind} ${row?.step}`,
  );
  const [place, [first] = []] = [...places].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return {
    label: first?.row ? verbText(ctx.locale, serviceOf(first.row.kind), first.row.step, VERB) : null,
    leadsTo: first?.row ? leadsTo(ctx, first.row, serviceOf(first.row.kind)) : null,
    cases: seen.map(({ row, view }) =>
      view.why === null && `${row?.kind} ${row?.step}` !== place ? { ...view, why: 'other' } : view,
    ),
  };
}

/** One of them, by the rights that its own page has. */
async function look(ctx: Ctx, number: string, rows: CaseRow[]): Promise<{ row?: CaseRow; view: Previewed }> {
  const row = rows.find((one) => one.number === number);
  const gone = { view: { number, why: 'gone' as const, line: null, answers: [], before: [] } };
  if (!row) return gone;
  try {
    const { answers, before, verbs, ...details } = await readCase(ctx, number);
    const mayDecide = verbs.some(({ verb, own }) => verb === VERB && !own);
    const why: LeftOut | null = !mayDecide ? 'not-now' : isTogether(row, serviceOf(row.kind)) ? null : 'alone';
    return { row, view: { number, why, line: caseLine.parse(details), answers, before } };
  } catch (error) {
    if (error instanceof AppError) return gone;
    throw error;
  }
}

/** What is said of such a case afterwards. */
function leadsTo(ctx: Ctx, { step, unitId }: CaseRow, service: Service): string | null {
  const to = step === null ? undefined : stepOf(service, step).on[VERB]?.to;
  const unit = ctx.city.units.get(unitId)?.name ?? '';
  if (to === undefined || to === 'here') return null;
  return to in service.steps
    ? stepText(ctx.locale, service, to, 'waiting', unit)
    : statusText(ctx.locale, service, to as CaseRow['status'], unit);
}

export const togetherResults = z.array(
  z.object({
    number: z.string(),
    done: z.boolean(),
    /** Why it was not; null when it was. */
    why: z.string().nullable(),
  }),
);
export type TogetherResults = z.infer<typeof togetherResults>;

/**
 * Decides them one after the other, each as it was seen. What cannot be decided is said and stops none of the others.
 * @throws not-signed-in, not-allowed
 */
export async function decideTogether(
  ctx: Ctx,
  seen: readonly { number: string; version: number }[],
): Promise<TogetherResults> {
  ensureCan(ctx.actor, 'pending.read', null);
  const results: TogetherResults = [];
  for (const one of seen) {
    try {
      await decideOne(ctx, one);
      results.push({ number: one.number, done: true, why: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const why = say(ctx.locale, `errors:${error.code}`, error.params);
      results.push({ number: one.number, done: false, why });
    }
  }
  return results;
}

async function decideOne(ctx: Ctx, { number, version }: { number: string; version: number }): Promise<void> {
  const row = await caseByNumber(ctx, number);
  const { step, round } = row;
  // What has moved on since it was seen is refused below, by the words that say who did what.
  if (row.version <= version && !isTogether(row, serviceOf(row.kind))) {
    // Whoever may not see it is told no more than that it is not there.
    await readCase(ctx, number);
    throw decidedAlone();
  }
  // The step is named as well: the version that was seen may be newer than the row just read.
  const own = { ...ctx, ...(ctx.actKey && { actKey: `${ctx.actKey}:${number}` }) };
  await act(own, number, { verb: VERB, version, begun: { step, round } });
}
