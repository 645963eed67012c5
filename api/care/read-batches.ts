/** The lists of a unit, and one list with everybody on it and what became of their payment. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import {
  careAllowances,
  careBatches,
  careBatchRows,
  carePayments,
  careSheets,
  batchStatuses,
  careForms,
} from '../../db/schema/care.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { ceilingFen, type CeilingPeriod } from '../rulebook.ts';
import { batchFor, type Batch } from './batch.ts';
import { birthdayIn, festivalDay, lunarBirthdayIn, type Festival } from './rules.ts';
import { unitNamed } from './unit.ts';

export const batchLine = z.object({
  id: z.uuid(),
  unit: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(['festival', 'birthday']),
  occasion: z.string(),
  year: z.int(),
  status: z.enum(batchStatuses),
  madeAt: z.iso.datetime(),
  people: z.int(),
  fen: z.int(),
});
export type BatchLine = z.infer<typeof batchLine>;

export const batchRow = z.object({
  retireeId: z.uuid(),
  name: z.string(),
  community: z.string(),
  chosen: z.boolean(),
  form: z.enum(careForms),
  fen: z.int(),
  /** What the ceiling still allows, this row not counted. */
  leftFen: z.int(),
  /** Of a birthday: the age, the day of the card, and the lunar one. */
  age: z.int().nullable(),
  day: z.iso.date().nullable(),
  lunarDay: z.iso.date().nullable(),
  paymentId: z.uuid().nullable(),
  state: z.enum(['listed', 'reserved', 'paid', 'released', 'reversed']),
  /** Of a payment: the day, who took it (when not the retiree), and the two who handed it over. */
  paidOn: z.iso.date().nullable(),
  receiver: z.string().nullable(),
  relation: z.string().nullable(),
  handlers: z.array(z.string()),
});
export type BatchRow = z.infer<typeof batchRow>;

export const batchView = batchLine.extend({
  version: z.int(),
  /** The festival's day. */
  day: z.iso.date().nullable(),
  madeBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  rows: z.array(batchRow),
  sheets: z.array(z.string()),
  may: z.object({ handle: z.boolean(), approve: z.boolean() }),
});
export type BatchView = z.infer<typeof batchView>;

const MOST_LISTS = 60;

/** A unit's lists of a year, newest first. @throws not-signed-in, not-allowed, not-found */
export async function listBatches(
  ctx: Ctx,
  { unit: unitId, year }: { unit: string; year: number },
): Promise<BatchLine[]> {
  const unit = unitNamed(ctx, unitId);
  ensureCan(ctx.actor, 'care.read', { unitPath: unit.path });
  const rows = await ctx.db
    .select({
      batch: careBatches,
      people: sql<number>`count(*) filter (where ${careBatchRows.chosen})::int`,
      fen: sql<number>`coalesce(sum(${careBatchRows.fen}) filter (where ${careBatchRows.chosen}), 0)::int`,
    })
    .from(careBatches)
    .innerJoin(careBatchRows, eq(careBatchRows.batchId, careBatches.id))
    .where(and(eq(careBatches.unitId, unit.id), eq(careBatches.year, year)))
    .groupBy(careBatches.id)
    .orderBy(desc(careBatches.madeAt))
    .limit(MOST_LISTS);
  return rows.map(({ batch, people, fen }) => ({ ...lineOf(ctx, batch), people, fen }));
}

/** One list. @throws not-signed-in, not-found */
export async function readBatch(ctx: Ctx, id: string): Promise<BatchView> {
  const batch = await batchFor(ctx, id, 'care.read');
  const [found, entries, names, sheets] = await Promise.all([
    peopleOf(ctx, batch),
    ctx.db.select().from(carePayments).where(eq(carePayments.batchId, id)),
    namesOf(ctx, batch),
    ctx.db.select({ id: careSheets.id }).from(careSheets).where(eq(careSheets.batchId, id)).orderBy(careSheets.at),
  ]);
  const rows = found.map((one) => rowOf(ctx, batch, one, entries));
  const chosen = rows.filter((row) => row.chosen);
  const facts = { unitId: batch.unitId };
  return {
    ...lineOf(ctx, batch),
    people: chosen.length,
    fen: chosen.reduce((sum, { fen }) => sum + fen, 0),
    version: batch.version,
    day: batch.kind === 'festival' ? festivalDay(batch.occasion as Festival, batch.year) : null,
    madeBy: names.get(batch.madeBy) ?? null,
    approvedBy: names.get(batch.approvedBy ?? '') ?? null,
    rows,
    sheets: sheets.map((sheet) => sheet.id),
    may: { handle: can(ctx.actor, 'care.handle', facts), approve: can(ctx.actor, 'care.approve', facts) },
  };
}

function lineOf(
  ctx: Ctx,
  { id, unitId, kind, occasion, year, status, madeAt }: Batch,
): Omit<BatchLine, 'people' | 'fen'> {
  const unit = { id: unitId, name: ctx.city.units.get(unitId)?.name ?? '' };
  return { id, unit, kind, occasion, year, status, madeAt: madeAt.toISOString() };
}

function peopleOf(ctx: Ctx, { id, kind }: Batch) {
  // In whose care they were when the list was made may have changed; the list shows where they are now.
  return ctx.db
    .select({
      row: careBatchRows,
      name: retirees.name,
      born: retirees.born,
      unitId: sql<string | null>`(select c.unit_id from ${care} c where c.retiree_id = ${retirees.id}
        order by c.until is null desc, c.since desc limit 1)`,
      allowance: careAllowances,
    })
    .from(careBatchRows)
    .innerJoin(retirees, eq(retirees.id, careBatchRows.retireeId))
    .leftJoin(
      careAllowances,
      and(
        eq(careAllowances.retireeId, careBatchRows.retireeId),
        eq(careAllowances.ceiling, kind),
        eq(careAllowances.period, careBatchRows.period),
      ),
    )
    .where(eq(careBatchRows.batchId, id))
    .orderBy(asc(retirees.name), asc(retirees.id));
}

type Entry = typeof carePayments.$inferSelect;

function rowOf(ctx: Ctx, batch: Batch, one: Awaited<ReturnType<typeof peopleOf>>[number], all: Entry[]): BatchRow {
  const { row, name, born, unitId, allowance } = one;
  const entries = all.filter(({ paymentId }) => paymentId === row.paymentId);
  const paid = entries.find(({ entry }) => entry === 'pay');
  const birthday = batch.kind === 'birthday';
  const limit = ceilingFen(batch.kind, birthday ? (row.period as CeilingPeriod) : 'year');
  const used = (allowance?.usedFen ?? 0) - (row.paymentId && isHeld(entries) ? row.fen : 0);
  return {
    retireeId: row.retireeId,
    name,
    community: (unitId && ctx.city.units.get(unitId)?.name) ?? '',
    chosen: row.chosen,
    form: row.form,
    fen: row.fen,
    leftFen: Math.max((allowance?.limitFen ?? limit) - used, 0),
    age: birthday ? Number(row.period) : null,
    day: birthday ? birthdayIn(born, batch.year) : null,
    lunarDay: birthday ? lunarBirthdayIn(born, batch.year) : null,
    paymentId: row.paymentId,
    state: stateOf(entries),
    paidOn: paid?.day ?? null,
    receiver: paid?.details?.receiver ?? null,
    relation: paid?.details?.relation ?? null,
    handlers: paid?.details?.handlers ?? [],
  };
}

/** Where a payment stands, by its entries. */
function stateOf(entries: readonly Pick<Entry, 'entry'>[]): BatchRow['state'] {
  const has = (entry: string) => entries.some((one) => one.entry === entry);
  if (has('reverse')) return 'reversed';
  if (has('pay')) return 'paid';
  if (has('release')) return 'released';
  return has('reserve') ? 'reserved' : 'listed';
}

const isHeld = (entries: readonly Entry[]) => ['reserved', 'paid'].includes(stateOf(entries));

async function namesOf({ db }: Ctx, { madeBy, approvedBy }: Batch): Promise<Map<string, string | null>> {
  const ids = [madeBy, ...(approvedBy ? [approvedBy] : [])];
  const rows = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}
