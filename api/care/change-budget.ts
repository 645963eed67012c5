/** A lead enters the approved budget of a year, or changes it: money is moved to another kind only by a 批复 (第二十条). */
import { budgetEntries } from '../../db/schema/care.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import type { CareKind } from '../rulebook.ts';
import { belowUse, needsApproval } from './errors.ts';
import { constraintOf } from './ledger.ts';
import { unitNamed } from './unit.ts';

export interface BudgetChange {
  unit: string;
  year: number;
  kind: CareKind;
  /** With it, the sum is taken from `kind` and given to this one. */
  toKind?: CareKind | undefined;
  /** Added to the line (or taken away, below zero). */
  fen: number;
  /** The number of the 批复; the first entry of a line may be without. */
  approval?: string | null | undefined;
}

/** @throws not-signed-in, not-allowed, not-found, below-use, needs-approval */
export async function changeBudget(ctx: Ctx, change: BudgetChange): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = unitNamed(inside, change.unit);
    ensureCan(inside.actor, 'care.approve', { unitId: unit.id });
    const approval = change.approval?.trim() || null;
    if (change.toKind && !approval) throw needsApproval();
    await write(inside, { ...change, approval });
    return null;
  });
}

async function write(ctx: Ctx, { unit, toKind, ...change }: BudgetChange & { approval: string | null }): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  try {
    await ctx.db
      .insert(budgetEntries)
      .values({ unitId: unit, toKind: toKind ?? null, ...change, accountId, at: ctx.clock() });
  } catch (error) {
    const constraint = constraintOf(error);
    if (constraint === 'budget_lines_total') throw belowUse();
    if (constraint === 'budget_entries_approval') throw needsApproval();
    throw error;
  }
}
