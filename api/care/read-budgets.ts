/** A unit's care budget of a year: by kind, with what is approved, paid and left; and how it came to be. */
import { and, desc, eq, inArray, sql, type AnyColumn } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { budgetEntries, budgetLines } from '../../db/schema/care.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { careKinds } from '../rulebook.ts';
import { unitNamed } from './unit.ts';

export const budgetLine = z.object({
  kind: z.enum(careKinds),
  totalFen: z.int(),
  reservedFen: z.int(),
  spentFen: z.int(),
  leftFen: z.int(),
  /** Whether it was entered at all. */
  entered: z.boolean(),
});
export type BudgetLine = z.infer<typeof budgetLine>;

export const budgets = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  year: z.int(),
  lines: z.array(budgetLine),
  /** The unit and all below it together; null for a unit that has none below. */
  rolledUp: z.array(budgetLine).nullable(),
  entries: z.array(
    z.object({
      at: z.iso.datetime(),
      kind: z.string(),
      toKind: z.string().nullable(),
      fen: z.int(),
      approval: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
});
export type Budgets = z.infer<typeof budgets>;

const MOST_ENTRIES = 50;

/** @throws not-signed-in, not-allowed, not-found */
export async function readBudgets(ctx: Ctx, { unit: unitId, year }: { unit: string; year: number }): Promise<Budgets> {
  const unit = unitNamed(ctx, unitId);
  ensureCan(ctx.actor, 'care.read', { unitPath: unit.path });
  const below = ctx.city.units.within(unit.id);
  const [lines, all, entries] = await Promise.all([
    linesOf(ctx, [unit.id], year),
    below.length > 1 ? linesOf(ctx, below, year) : null,
    entriesOf(ctx, unit.id, year),
  ]);
  return { unit: { id: unit.id, name: unit.name }, year, lines, rolledUp: all, entries };
}

async function linesOf({ db }: Ctx, units: readonly string[], year: number): Promise<BudgetLine[]> {
  const sum = (column: AnyColumn) => sql<number>`sum(${column})::float8`.mapWith(Number);
  const rows = await db
    .select({
      kind: budgetLines.kind,
      totalFen: sum(budgetLines.totalFen),
      reservedFen: sum(budgetLines.reservedFen),
      spentFen: sum(budgetLines.spentFen),
    })
    .from(budgetLines)
    .where(and(inArray(budgetLines.unitId, units), eq(budgetLines.year, year)))
    .groupBy(budgetLines.kind);
  return careKinds.map((kind) => {
    const row = rows.find((one) => one.kind === kind);
    const { totalFen, reservedFen, spentFen } = row ?? { totalFen: 0, reservedFen: 0, spentFen: 0 };
    return { kind, totalFen, reservedFen, spentFen, leftFen: totalFen - reservedFen - spentFen, entered: Boolean(row) };
  });
}

async function entriesOf({ db }: Ctx, unitId: string, year: number): Promise<Budgets['entries']> {
  const rows = await db
    .select({ entry: budgetEntries, by: accounts.name })
    .from(budgetEntries)
    .leftJoin(accounts, eq(accounts.id, budgetEntries.accountId))
    .where(and(eq(budgetEntries.unitId, unitId), eq(budgetEntries.year, year)))
    .orderBy(desc(budgetEntries.at), desc(budgetEntries.id))
    .limit(MOST_ENTRIES);
  return rows.map(({ entry: { at, kind, toKind, fen, approval }, by }) => ({
    at: at.toISOString(),
    kind,
    toKind,
    fen,
    approval,
    by,
  }));
}
