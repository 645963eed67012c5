/** Reports of a death that staff found untrue: the record of the retiree shows nothing of them, their reporter is held the next time. */
import { eq, or, sql } from 'drizzle-orm';
import { falseReports as table } from '../../db/schema/deaths.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { defineEffect } from '../engine/effect.ts';
import { falseReports } from '../rulebook.ts';

/** Notes that a report was untrue, under its reporter's account and the number that they gave. */
export const noteFalseReport = defineEffect<{ phone: string }, null>({
  name: 'note-false-report',
  async apply(ctx, { phone }, { caseId, applicantId }) {
    await ctx.db
      .insert(table)
      .values({ caseId, accountId: applicantId, phoneIndex: blindIndex('phone', phone), at: ctx.clock() })
      .onConflictDoNothing();
    return null;
  },
  /** A refusal is not undone. */
  async undo() {},
});

/** Whether the actor, or whoever has this number, reported falsely so often that a lead looks first. Staff are not counted by account. */
export async function hasReportedFalsely({ db, actor }: Ctx, phone: string): Promise<boolean> {
  const account = actor.is === 'person' && actor.posts.length === 0 ? eq(table.accountId, actor.accountId) : undefined;
  const [found] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(table)
    .where(or(eq(table.phoneIndex, blindIndex('phone', phone)), account));
  return (found?.n ?? 0) >= falseReports.most;
}
