/**
 * The ledger of care payments: one insert a verb. What a person may be given and what a unit may spend is decided by the triggers
 * of the database; here their refusals become words with figures.
 */
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { budgetLines, careAllowances, carePayments, type CareDetails, type CareForm } from '../../db/schema/care.ts';
import { retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { AppError } from '../errors.ts';
import type { CareKind } from '../rulebook.ts';
import {
  alreadySettled,
  givenAlready,
  inTheFuture,
  noBudget,
  nothingReserved,
  notDue,
  outsideYear,
  overBudget,
  overCeiling,
} from './errors.ts';

type Row = typeof carePayments.$inferSelect;
type NewRow = typeof carePayments.$inferInsert;

export interface Reservation {
  retireeId: string;
  /** Whose money it is. */
  unitId: string;
  year: number;
  kind: CareKind;
  ceiling: string;
  period: string;
  form: CareForm;
  fen: number;
  caseId?: string | null;
  batchId?: string | null;
}

/**
 * Reserves money for people: under their ceilings and inside the unit's budget, all of it or nothing. `ctx.db` is a transaction.
 * @returns the ids of the payments, in the order given
 * @throws over-ceiling, given-already, over-budget, no-budget, not-due
 */
export async function reservePayments(ctx: Ctx, reservations: readonly Reservation[]): Promise<string[]> {
  const day = dayOf(ctx.clock());
  const rows = await write(
    ctx,
    reservations.map((one) => ({ ...one, paymentId: NOBODY, entry: 'reserve', ...stamp(ctx), day })),
  );
  return rows.map(({ paymentId }) => paymentId);
}

/** The trigger puts the row's own id here. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Records that reserved money was handed over, all of it or nothing. `ctx.db` is a transaction.
 * @throws outside-year, already-settled, nothing-reserved, paid-in-the-future
 */
export async function payPayments(
  ctx: Ctx,
  payments: readonly string[],
  paid: { day: PlainDate; detailsOf: (row: Row) => CareDetails },
): Promise<void> {
  if (paid.day > dayOf(ctx.clock())) throw inTheFuture();
  await follow(ctx, payments, (row) => ({ entry: 'pay', day: paid.day, details: paid.detailsOf(row) }));
}

/** Gives reserved money back. `ctx.db` is a transaction. @throws already-settled, nothing-reserved */
export async function releasePayments(ctx: Ctx, payments: readonly string[], reason: string | null): Promise<void> {
  const day = dayOf(ctx.clock());
  await follow(ctx, payments, () => ({ entry: 'release', day, details: reason === null ? null : { reason } }));
}

/** Money that was paid came back: an entry against it. `ctx.db` is a transaction. @throws already-settled, nothing-reserved */
export async function reversePayments(
  ctx: Ctx,
  payments: readonly string[],
  back: { day: PlainDate; reason: string },
): Promise<void> {
  if (back.day > dayOf(ctx.clock())) throw inTheFuture();
  await follow(ctx, payments, () => ({ entry: 'reverse', day: back.day, details: { reason: back.reason } }));
}

/** Which of the payments are reserved still: neither paid nor released. */
export async function stillReserved(ctx: Ctx, payments: readonly string[]): Promise<string[]> {
  if (payments.length === 0) return [];
  const settled = await ctx.db
    .select({ paymentId: carePayments.paymentId })
    .from(carePayments)
    .where(and(inArray(carePayments.paymentId, [...payments]), inArray(carePayments.entry, ['pay', 'release'])));
  return payments.filter((id) => !settled.some((one) => one.paymentId === id));
}

/** The reservations of payments, in the order of their ids. */
export function reservationsOf(ctx: Ctx, payments: readonly string[]): Promise<Row[]> {
  return ctx.db
    .select()
    .from(carePayments)
    .where(and(inArray(carePayments.paymentId, [...payments]), eq(carePayments.entry, 'reserve')))
    .orderBy(carePayments.paymentId);
}

/** Adds an entry to each payment, in one order for everybody: two programs wait for each other and never in a circle. */
async function follow(
  ctx: Ctx,
  payments: readonly string[],
  entryOf: (row: Row) => Pick<NewRow, 'entry' | 'day' | 'details'>,
): Promise<void> {
  if (payments.length === 0) return;
  const reserved = await reservationsOf(ctx, payments);
  if (reserved.length < new Set(payments).size) throw nothingReserved();
  await write(
    ctx,
    reserved.map(({ id: _, ...row }) => ({ ...row, ...stamp(ctx), ...entryOf(row as Row) })),
  );
}

const stamp = (ctx: Ctx) => ({
  at: ctx.clock(),
  accountId: ctx.actor.is === 'person' ? ctx.actor.accountId : null,
});

async function write(ctx: Ctx, rows: NewRow[]): Promise<{ paymentId: string }[]> {
  try {
    // A savepoint: the figures are read after a refusal, in the same transaction.
    return await ctx.db.transaction((tx) =>
      tx.insert(carePayments).values(rows).returning({ paymentId: carePayments.paymentId }),
    );
  } catch (error) {
    throw (await explain(ctx, constraintOf(error), rows)) ?? error;
  }
}

/** The name of the constraint that an error of PostgreSQL names. */
export function constraintOf(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const name = (at as { constraint_name?: string }).constraint_name;
    if (name) return name;
  }
  return null;
}

async function explain(ctx: Ctx, constraint: string | null, rows: NewRow[]): Promise<AppError | null> {
  const [first] = rows;
  if (!first) return null;
  switch (constraint) {
    case 'care_allowances_sum':
    case 'care_allowances_uses':
      return ceilingRefusal(ctx, rows);
    case 'budget_lines_total':
      return budgetRefusal(ctx, rows);
    case 'care_payments_in_year':
      return outsideYear(first.year);
    case 'care_payments_once':
    case 'care_payments_settled':
      return alreadySettled();
    case 'care_payments_reserved':
      return nothingReserved();
    case 'care_payments_period':
    case 'care_payments_alive':
      return notDue();
    default:
      return null;
  }
}

/** Names the first whose ceiling would be passed, with what they had. */
async function ceilingRefusal(ctx: Ctx, rows: NewRow[]): Promise<AppError> {
  const keys = rows.map(({ retireeId, ceiling, period }) =>
    and(
      eq(careAllowances.retireeId, retireeId),
      eq(careAllowances.ceiling, ceiling),
      inArray(careAllowances.period, [period, 'life']),
    ),
  );
  const held = await ctx.db
    .select({ allowance: careAllowances, name: retirees.name })
    .from(careAllowances)
    .innerJoin(retirees, eq(retirees.id, careAllowances.retireeId))
    .where(or(...keys));
  const wanted = (one: (typeof held)[number]) =>
    rows
      .filter(({ retireeId, ceiling, period }) => {
        const { allowance } = one;
        return retireeId === allowance.retireeId && ceiling === allowance.ceiling && period === allowance.period;
      })
      .reduce((sum, { fen }) => sum + fen, 0);
  const kind = say(ctx.locale, `care:ceilings.${rows[0]?.ceiling ?? ''}`);
  const used = held.find(({ allowance }) => allowance.maxUses !== null && allowance.uses >= allowance.maxUses);
  if (used) return givenAlready({ name: used.name, kind });
  const over = held.find((one) => one.allowance.usedFen + wanted(one) > one.allowance.limitFen) ?? held[0];
  if (over) return overCeiling({ ...over.allowance, name: over.name, kind });
  return overCeiling({ ...(await ceilingItself(ctx, rows)), usedFen: 0, kind });
}

/** Nothing was given yet, and it was more than the whole. */
async function ceilingItself(ctx: Ctx, [first]: NewRow[]): Promise<{ name: string; limitFen: number }> {
  const [found] = await ctx.db.execute<{ name: string; limit_fen: number }>(sql`
    select r.name, c.limit_fen from retirees r, care_ceilings c
     where r.id = ${first?.retireeId} and c.ceiling = ${first?.ceiling}
       and (c.per = ${first?.period} or c.per in ('year', 'case', 'death'))
     order by c.since desc limit 1`);
  return { name: found?.name ?? '', limitFen: found?.limit_fen ?? 0 };
}

async function budgetRefusal(ctx: Ctx, rows: NewRow[]): Promise<AppError> {
  const { unitId = '', year = 0, kind = '' } = rows[0] ?? {};
  const [line] = await ctx.db
    .select()
    .from(budgetLines)
    .where(and(eq(budgetLines.unitId, unitId), eq(budgetLines.year, year), eq(budgetLines.kind, kind)));
  const words = { unit: ctx.city.units.get(unitId)?.name ?? '', year, kind: say(ctx.locale, `care:kinds.${kind}`) };
  if (!line) return noBudget(words);
  return overBudget({ ...line, ...words, wantedFen: rows.reduce((sum, { fen }) => sum + fen, 0) });
}
