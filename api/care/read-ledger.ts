/** 台账: what a unit, and those below it, paid out in a month or a year, and what came back. */
import { and, asc, between, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { careForms, carePayments } from '../../db/schema/care.ts';
import { retirees } from '../../db/schema/registry.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { careKinds, type CareKind } from '../rulebook.ts';
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

export const ledgerTotal = z.object({
  /** The unit whose money it was. */
  unit: z.string(),
  kind: z.enum(careKinds),
  payments: z.int(),
  people: z.int(),
  fen: z.int(),
});
export type LedgerTotal = z.infer<typeof ledgerTotal>;

export const ledger = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  year: z.int(),
  month: z.int().nullable(),
  /** By unit and kind, in the order of the tree. */
  totals: z.array(ledgerTotal),
  fen: z.int(),
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

const MOST_SHOWN = 300;

/** @throws not-signed-in, not-allowed, not-found */
export async function readLedger(ctx: Ctx, query: LedgerQuery, most = MOST_SHOWN): Promise<Ledger> {
  const unit = unitNamed(ctx, query.unit);
  ensureCan(ctx.actor, 'care.read', { unitPath: unit.path });
  const units = ctx.city.units.within(unit.id);
  const within = and(
    inArray(carePayments.unitId, units),
    inArray(carePayments.entry, ['pay', 'reverse']),
    between(carePayments.day, ...daysOf(query)),
  );
  const [totals, rows] = await Promise.all([totalsOf(ctx, within), rowsOf(ctx, within, most)]);
  const place = (name: string) => units.findIndex((id) => ctx.city.units.get(id)?.name === name);
  return {
    unit: { id: unit.id, name: unit.name },
    year: query.year,
    month: query.month ?? null,
    totals: totals.toSorted(
      (a, b) => place(a.unit) - place(b.unit) || careKinds.indexOf(a.kind) - careKinds.indexOf(b.kind),
    ),
    fen: totals.reduce((sum, { fen }) => sum + fen, 0),
    rows: rows.slice(0, most),
    isCut: rows.length > most,
  };
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

async function totalsOf(ctx: Ctx, where: Where): Promise<LedgerTotal[]> {
  const rows = await ctx.db
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
  return rows.map(({ unitId, kind, ...rest }) => ({ unit: nameOf(ctx, unitId), kind: kind as CareKind, ...rest }));
}

async function rowsOf(ctx: Ctx, where: Where, most: number): Promise<LedgerRow[]> {
  const rows = await ctx.db
    .select({
      entry: carePayments,
      fen: sql<number>`${signed}`.mapWith(Number),
      name: retirees.name,
      by: accounts.name,
    })
    .from(carePayments)
    .innerJoin(retirees, eq(retirees.id, carePayments.retireeId))
    .leftJoin(accounts, eq(accounts.id, carePayments.accountId))
    .where(where)
    .orderBy(asc(carePayments.day), asc(carePayments.id))
    .limit(most + 1);
  return rows.map(({ entry, fen, name, by }) => ({
    paymentId: entry.paymentId,
    day: entry.day,
    unit: nameOf(ctx, entry.unitId),
    kind: entry.kind as CareKind,
    name,
    form: entry.form,
    fen,
    receiver: entry.details?.receiver ?? null,
    relation: entry.details?.relation ?? null,
    handlers: entry.details?.handlers ?? [],
    reason: entry.details?.reason ?? null,
    by,
  }));
}

const nameOf = ({ city }: Ctx, unitId: string) => city.units.get(unitId)?.name ?? '';
