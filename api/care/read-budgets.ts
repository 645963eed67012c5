/** A unit's care budget of a year: by kind, with what is approved, paid and left; and how it came to be. */
import { and, desc, eq, inArray, sql, type AnyColumn } from 'drizzle-orm';
import { accounts } from '../../db/schema/access.ts';
import { budgetEntries, budgetLines } from '../../db/schema/care.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { careKinds, type CareKind } from '../rulebook.ts';
import { unitNamed } from './unit.ts';

export interface BudgetLine {
  kind: CareKind;
  totalFen: number;
  reservedFen: number;
  spentFen: number;
  leftFen: number;
  /** Whether it was entered at all. */
  entered: boolean;
}

export interface Budgets {
  unit: { id: string; name: string };
  year: number;
  lines: BudgetLine[];
  /** The unit and all below it together; null for a unit that has none below. */
  rolledUp: BudgetLine[] | null;
  entries: {
    at: string;
    kind: string;
    toKind: string | null;
    fen: number;
    approval: string | null;
    by: string | null;
  }[];
}

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

async function linesOf({ db }: Ctx, units: string[], year: number): Promise<BudgetLine[]> {
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
