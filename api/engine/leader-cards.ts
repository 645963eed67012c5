/** Whoever leads what a case asks for is asked to agree to it, in their chat or by a text message. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { asksLeader, type NewMessage } from '../delivery/message.ts';
import { leadersOf } from './cases/leaders.ts';
import { stepOf } from './catalogue.ts';
import { paramsOf, type Told } from './told.ts';

/** Nobody is asked about somebody whom they act for, or about what they asked for themselves. */
export async function leaderCards(
  ctx: Ctx,
  told: Told,
  { linked }: { linked: readonly string[] },
): Promise<NewMessage[]> {
  const { row, service } = told;
  if (row.step === null || !stepOf(service, row.step).by.includes('leader')) return [];
  const leaders = await leadersOf(ctx, row, service);
  if (leaders.length === 0) return [];
  const rows = await ctx.db
    .selectDistinct({ accountId: links.accountId })
    .from(links)
    .where(and(inArray(links.retireeId, [...leaders]), eq(links.relation, 'self'), isNull(links.revokedAt)));
  return rows
    .filter(({ accountId }) => accountId !== row.applicantId && !linked.includes(accountId))
    .map(({ accountId }) => ({
      to: { accountId },
      form: 'card',
      template: asksLeader,
      params: paramsOf(told),
      caseId: row.id,
      quiet: true,
    }));
}
