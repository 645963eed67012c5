/** Who asked that somebody be registered, and what that makes them: the person themself, or a relative who may apply for them. */
import { eq } from 'drizzle-orm';
import type { Relation } from '../../db/schema/access.ts';
import { cases } from '../../db/schema/engine.ts';
import { phonesOf, setName } from '../access/accounts.ts';
import { link, usualScope } from '../access/link.ts';
import { tellBound } from '../binding/tell-bound.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../errors.ts';

export type Applicant = { relation: 'self' } | { relation: Exclude<Relation, 'self'>; acts: boolean };

/**
 * Links the applicant of a case. Their own record is theirs only from a phone that they proved, and that now stands in the registry;
 * anybody else can be bound later, by name, number and phone, or by a slip. `ctx.db` is the decision's transaction.
 */
export async function bindApplicant(
  ctx: Ctx,
  applicant: Applicant,
  { retireeId, caseId }: { retireeId: string; caseId: string },
): Promise<void> {
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  const [row] = await ctx.db.select({ accountId: cases.applicantId }).from(cases).where(eq(cases.id, caseId));
  const accountId = row?.accountId;
  if (!accountId || !retiree || !(await mayBe(ctx, applicant, accountId, retiree.phone))) return;
  const { relation } = applicant;
  const boundBy = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
  try {
    await link(ctx, { accountId, retireeId, relation, scope: usualScope(relation), boundBy, caseId });
  } catch (error) {
    // Whoever has a record of their own already said 「为自己」 for somebody else: they are registered all the same.
    if (error instanceof AppError && error.code === 'already-bound') return;
    throw error;
  }
  if (relation === 'self') await setName(ctx, accountId, retiree.name);
  else await tellBound(ctx, retiree, { accountId, relation });
}

async function mayBe(ctx: Ctx, applicant: Applicant, accountId: string, phone: string | null): Promise<boolean> {
  if (applicant.relation !== 'self') return applicant.acts;
  return phone !== null && (await phonesOf(ctx, accountId)).includes(phone);
}
