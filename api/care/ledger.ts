/**
 * The ledger of care payments: one insert a verb. What a person may be given and what a unit may spend is decided by the triggers
 * of the database; here their refusals become words with figures.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { budgetLines, carePayments, type CareDetails, type CareForm } from '../../db/schema/care.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import type { AppError } from '../errors.ts';
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
    reserved.map((row) => {
      const { id: _, ...about } = row;
      return { ...about, ...stamp(ctx), ...entryOf(row) };
    }),
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

type Key = { retireeId: string; ceiling: string; period: string };
const keyOf = ({ retireeId, ceiling, period }: Key) => `${retireeId} ${ceiling} ${period}`;
const forWhat = (ctx: Ctx, ceiling: string) => say(ctx.locale, `care:ceilings.${ceiling}`);

/** Names the first who was given it before or would pass their ceiling, with what they had and what is left. */
async function ceilingRefusal(ctx: Ctx, rows: NewRow[]): Promise<AppError> {
  const wanted = Map.groupBy(rows, keyOf);
  const held = await limitsOf(ctx, rows);
  const over = held.find((one) => {
    const fen = wanted.get(keyOf(one))?.reduce((sum, row) => sum + row.fen, 0) ?? 0;
    return one.usedFen + fen > one.limitFen;
  });
  const first = over ?? held[0];
  if (!first) return notDue();
  const kind = forWhat(ctx, first.ceiling);
  // Within the sum, it was how often: in this period, or in a life.
  const isUsedUp = !over || (first.maxUses !== null && first.uses >= first.maxUses);
  return isUsedUp ? givenAlready({ name: first.name, kind }) : overCeiling({ ...first, kind });
}

interface Limit extends Key {
  name: string;
  limitFen: number;
  usedFen: number;
  uses: number;
  maxUses: number | null;
}

/** What each may be given by the figures in force, and what they were given. */
async function limitsOf({ db }: Ctx, rows: NewRow[]): Promise<Limit[]> {
  const keys = rows.map(({ retireeId, ceiling, period, day }) => ({ retireeId, ceiling, period, day }));
  const found = await db.execute<{ [K in keyof Limit]: Limit[K] }>(sql`
    select k."retireeId", k.ceiling, k.period, r.name, c.limit_fen as "limitFen", c.max_uses as "maxUses",
           coalesce(a.used_fen, 0) as "usedFen", coalesce(a.uses, 0) as uses
      from json_to_recordset(${JSON.stringify(keys)}::text::json)
             as k("retireeId" uuid, ceiling text, period text, day date)
      join retirees r on r.id = k."retireeId"
      join lateral (select limit_fen, max_uses from care_ceilings c
                     where c.ceiling = k.ceiling and c.since <= k.day
                       and (c.per = k.period or c.per in ('year', 'case', 'death'))
                     order by c.since desc limit 1) c on true
      left join care_allowances a
        on a.retiree_id = k."retireeId" and a.ceiling = k.ceiling and a.period = k.period`);
  return [...found];
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
