/** 台账: what a unit, and those below it, paid out in a month or a year, and what came back. */
import { and, asc, between, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { careForms, carePayments, type CareDetails, type CareForm } from '../../db/schema/care.ts';
import { retirees } from '../../db/schema/registry.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { careKinds, type CareKind } from '../rulebook.ts';
import { readPages } from '../workbook/read-pages.ts';
import { unitNamed } from './unit.ts';

export const ledgerRow = z.object({
  paymentId: z.uuid(),
  day: z.iso.date(),
  unit: z.string(),
  kind: z.enum(careKinds),
  name: z.string(),
  form: z.enum(careForms),
  /** Below zero for what came back. */
  fen: z.int(),
  receiver: z.string().nullable(),
  relation: z.string().nullable(),
  handlers: z.array(z.string()),
  reason: z.string().nullable(),
  by: z.string().nullable(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

const ledgerTotal = z.object({
  /** The unit whose money it was. */
  unit: z.string(),
  kind: z.enum(careKinds),
  payments: z.int(),
  people: z.int(),
  fen: z.int(),
});

const ledgerSums = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  year: z.int(),
  month: z.int().nullable(),
  /** By unit and kind, in the order of the tree. */
  totals: z.array(ledgerTotal),
  fen: z.int(),
});
export type LedgerSums = z.infer<typeof ledgerSums>;

export const ledger = ledgerSums.extend({
  rows: z.array(ledgerRow),
  /** There are more rows than are shown; the totals have them all. */
  isCut: z.boolean(),
});
export type Ledger = z.infer<typeof ledger>;

export interface LedgerQuery {
  unit: string;
  year: number;
  /** 1–12; the whole year without. */
  month?: number | undefined;
}

/** On a screen. The workbook has all. */
const MOST_SHOWN = 300;

/** @throws not-signed-in, not-allowed, not-found */
export async function readLedger(ctx: Ctx, query: LedgerQuery): Promise<Ledger> {
  const { units, within, ...about } = scopeOf(ctx, query);
  const [sums, rows] = await Promise.all([
    sumsOf(ctx, units, within),
    ctx.db.execute<RawRow>(
      rowsOf(ctx, within)
        .limit(MOST_SHOWN + 1)
        .getSQL(),
    ),
  ]);
  return {
    ...about,
    ...sums,
    rows: rows.slice(0, MOST_SHOWN).map((row) => ledgerRowOf(ctx, row)),
    isCut: rows.length > MOST_SHOWN,
  };
}

/** The same with every row, read as they are asked for. `ctx.db` is a transaction. @throws not-signed-in, not-allowed, not-found */
export async function openLedger(
  ctx: Ctx,
  query: LedgerQuery,
): Promise<LedgerSums & { rows: () => AsyncGenerator<LedgerRow> }> {
  const { units, within, ...about } = scopeOf(ctx, query);
  return {
    ...about,
    ...(await sumsOf(ctx, units, within)),
    async *rows() {
      const pages = readPages<RawRow>(ctx.db, 'care_ledger', rowsOf(ctx, within).getSQL());
      for await (const row of pages) yield ledgerRowOf(ctx, row);
    },
  };
}

/** What of the ledger a query means, for whoever may read it. */
function scopeOf(ctx: Ctx, query: LedgerQuery) {
  const { id, name, path } = unitNamed(ctx, query.unit);
  ensureCan(ctx.actor, 'care.read', { unitPath: path });
  const units = ctx.city.units.within(id);
  const within = and(
    inArray(carePayments.unitId, units),
    inArray(carePayments.entry, ['pay', 'reverse']),
    between(carePayments.day, ...daysOf(query)),
  );
  return { unit: { id, name }, year: query.year, month: query.month ?? null, units, within };
}

/** The first and the last day, both counted. */
function daysOf({ year, month }: LedgerQuery): [string, string] {
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  return [`${prefix}-01`, `${prefix}-${last}`];
}

type Where = ReturnType<typeof and>;
const signed = sql<number>`case ${carePayments.entry} when 'pay' then ${carePayments.fen} else -${carePayments.fen} end`;

async function sumsOf(ctx: Ctx, units: readonly string[], where: Where): Promise<Pick<LedgerSums, 'totals' | 'fen'>> {
  const totals = await ctx.db
    .select({
      unitId: carePayments.unitId,
      kind: carePayments.kind,
      payments: sql<number>`count(*) filter (where ${carePayments.entry} = 'pay')::int`,
      people: sql<number>`count(distinct ${carePayments.retireeId}) filter (where ${carePayments.entry} = 'pay')::int`,
      fen: sql<number>`sum(${signed})`.mapWith(Number),
    })
    .from(carePayments)
    .where(where)
    .groupBy(carePayments.unitId, carePayments.kind);
  const inOrder = totals.toSorted(
    (a, b) =>
      units.indexOf(a.unitId) - units.indexOf(b.unitId) ||
      careKinds.indexOf(a.kind as CareKind) - careKinds.indexOf(b.kind as CareKind),
  );
  return {
    totals: inOrder.map(({ unitId, kind, ...rest }) => ({
      unit: nameOf(ctx, unitId),
      kind: kind as CareKind,
      ...rest,
    })),
    fen: totals.reduce((sum, { fen }) => sum + fen, 0),
  };
}

/** A row as the driver has it. */
interface RawRow extends Record<string, unknown> {
  paymentId: string;
  day: string;
  unitId: string;
  kind: CareKind;
  form: CareForm;
  fen: number;
  details: Buffer | null;
  name: string;
  by: string | null;
}

const rowsOf = ({ db }: Ctx, where: Where) =>
  db
    .select({
      paymentId: sql`${carePayments.paymentId}`.as('paymentId'),
      day: sql`${carePayments.day}`.as('day'),
      unitId: sql`${carePayments.unitId}`.as('unitId'),
      kind: sql`${carePayments.kind}`.as('kind'),
      form: sql`${carePayments.form}`.as('form'),
      fen: signed.as('fen'),
      details: sql`${carePayments.details}`.as('details'),
      name: sql`${retirees.name}`.as('name'),
      by: sql`${accounts.name}`.as('by'),
    })
    .from(carePayments)
    .innerJoin(retirees, eq(retirees.id, carePayments.retireeId))
    .leftJoin(accounts, eq(accounts.id, carePayments.accountId))
    .where(where)
    .orderBy(asc(carePayments.day), asc(carePayments.id));

function ledgerRowOf(ctx: Ctx, { unitId, details: sealed, ...row }: RawRow): LedgerRow {
  const details = sealed && (carePayments.details.mapFromDriverValue(sealed) as CareDetails);
  return {
    ...row,
    unit: nameOf(ctx, unitId),
    receiver: details?.receiver ?? null,
    relation: details?.relation ?? null,
    handlers: details?.handlers ?? [],
    reason: details?.reason ?? null,
  };
}

const nameOf = ({ city }: Ctx, unitId: string) => city.units.get(unitId)?.name ?? '';
