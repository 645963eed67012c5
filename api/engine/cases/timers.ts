/** Lets the clock act: steps that end by themselves after so many working days. Each timer fires once, whoever sweeps. */
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { cases, timers } from '../../../db/schema/engine.ts';
import { system } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { actOn } from './act.ts';

const PAGE = 50;

/**
 * Fires every timer that is due, a page at a time, each in a transaction of its own. One that fails is reported, tried again at
 * the next sweep, and stands in nobody's way. @returns how many fired
 */
export async function sweepTimers(ctx: Ctx, report: (error: unknown) => void): Promise<number> {
  let fired = 0;
  for (let after = 0; ;) {
    const due = await ctx.db
      .select({ n: timers.n })
      .from(timers)
      .where(and(isNull(timers.firedAt), lte(timers.dueAt, ctx.clock()), gt(timers.n, after)))
      .orderBy(timers.n)
      .limit(PAGE);
    for (const { n } of due) {
      after = n;
      const acted = await fire(ctx, n).catch((error: unknown) => {
        report(error);
        return false;
      });
      if (acted) fired += 1;
    }
    if (due.length < PAGE) return fired;
  }
}

async function fire(ctx: Ctx, n: number): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const [timer] = await tx
      .update(timers)
      .set({ firedAt: ctx.clock() })
      .where(and(eq(timers.n, n), isNull(timers.firedAt)))
      .returning();
    if (!timer) return false;
    const [row] = await tx.select().from(cases).where(eq(cases.id, timer.caseId)).for('update');
    // The step was left before its time: its timer has nothing to do.
    if (!row || row.round !== timer.round || row.status !== 'open') return false;
    await actOn({ ...ctx, db: tx, actor: system }, row, { verb: 'expire' });
    return true;
  });
}
