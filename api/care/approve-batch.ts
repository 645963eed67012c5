/**
 * A lead approves a list: everybody on it in one transaction, or nobody. Those whose ceiling is reached are named with their
 * figures, and can be left out in the next attempt with one tap.
 */
import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { careAllowances, careBatchRows } from '../../db/schema/care.ts';
import { retirees } from '../../db/schema/registry.ts';
import { ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { ceilingFen, type CeilingPeriod } from '../rulebook.ts';
import { batchFor, ensureProposed, touch, type Batch } from './batch.ts';
import { batchRefused, nobodyDue, type Refused } from './errors.ts';
import { reservePayments } from './ledger.ts';
import { payingUnit } from './paying-unit.ts';

type Row = typeof careBatchRows.$inferSelect;

/**
 * @param without people to be left out: those refused before
 * @throws not-signed-in, not-found, batch-changed, batch-refused, over-ceiling, over-budget, no-budget, nobody-due
 */
export async function approveBatch(
  ctx: Ctx,
  id: string,
  seen: number,
  without: readonly string[] = [],
): Promise<{ people: number; fen: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const batch = await batchFor(inside, id, 'care.approve', 'lock');
    ensureProposed(batch, seen);
    if (without.length > 0) await leaveOut(inside, id, without);
    const rows = await inside.db
      .select()
      .from(careBatchRows)
      .where(and(eq(careBatchRows.batchId, id), eq(careBatchRows.chosen, true), gt(careBatchRows.fen, 0)))
      .orderBy(careBatchRows.retireeId);
    if (rows.length === 0) throw nobodyDue();
    const refused = await overTheirCeiling(inside, batch, rows);
    if (refused.length > 0) throw batchRefused(refused.length, refused);
    await reserveAll(inside, batch, rows);
    const { accountId } = ensurePerson(inside.actor);
    await touch(inside, batch, { status: 'approved', approvedBy: accountId, approvedAt: inside.clock() });
    return { people: rows.length, fen: rows.reduce((sum, { fen }) => sum + fen, 0) };
  });
}

async function leaveOut({ db }: Ctx, id: string, people: readonly string[]): Promise<void> {
  await db
    .update(careBatchRows)
    .set({ chosen: false })
    .where(and(eq(careBatchRows.batchId, id), inArray(careBatchRows.retireeId, [...people])));
}

/** Named all at once, so that nobody tries one after the other; whoever is quicker meanwhile is found by the trigger. */
async function overTheirCeiling({ db }: Ctx, { kind }: Batch, rows: Row[]): Promise<Refused[]> {
  const ids = rows.map(({ retireeId }) => retireeId);
  const people = await db
    .select({ id: retirees.id, name: retirees.name, allowance: careAllowances })
    .from(retirees)
    .leftJoin(careAllowances, and(eq(careAllowances.retireeId, retirees.id), eq(careAllowances.ceiling, kind)))
    .where(inArray(retirees.id, ids));
  return rows.flatMap(({ retireeId, period, fen }) => {
    const theirs = people.filter(({ id }) => id === retireeId);
    const held = theirs.find(({ allowance }) => allowance?.period === period)?.allowance;
    const limitFen = held?.limitFen ?? ceilingFen(kind, kind === 'birthday' ? (period as CeilingPeriod) : 'year');
    const usedFen = held?.usedFen ?? 0;
    const isUsedUp = held?.maxUses != null && held.uses >= held.maxUses;
    if (!isUsedUp && usedFen + fen <= limitFen) return [];
    return [{ retireeId, name: theirs[0]?.name ?? '', limitFen, usedFen, fen }];
  });
}

async function reserveAll(ctx: Ctx, { id, unitId, year, kind }: Batch, rows: Row[]): Promise<void> {
  const payer = await payingUnit(ctx, unitId, year, kind);
  const payments = await reservePayments(
    ctx,
    rows.map(({ retireeId, period, form, fen }) => ({
      retireeId,
      unitId: payer,
      year,
      kind,
      ceiling: kind,
      period,
      form,
      fen,
      batchId: id,
    })),
  );
  const pairs = rows.map(({ retireeId }, at) => ({ retireeId, paymentId: payments[at] }));
  await ctx.db.execute(sql`
    update care_batch_rows r set payment_id = p."paymentId"
      from json_to_recordset(${JSON.stringify(pairs)}::text::json) as p("retireeId" uuid, "paymentId" uuid)
     where r.batch_id = ${id} and r.retiree_id = p."retireeId"`);
}
