/** Binding an account to the record of whoever uses it, by name, identity number and registered phone. Staff bind at the counter (`families`). */
import { eq, isNull } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import { retirees } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import { parseIdNumber } from '../values/id-number.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../errors.ts';
import { phonesOf, setName } from './accounts.ts';
import { ensurePerson } from './can.ts';
import { alreadyBound, cannotBind } from './errors.ts';
import { attempt, failedBindings } from './limits.ts';

const badIdNumber = (fault: string) => new AppError('bad-id-number', 422, {}, { fault });

/**
 * Binds the caller's account to their own record. A couple with one phone binds both. What does not match is never said: the
 * answer names whom to see.
 * @throws bad-id-number, cannot-bind, already-bound, too-many-attempts
 */
export async function bindSelf(ctx: Ctx, typed: { name: string; idNumber: string }): Promise<{ retireeId: string }> {
  const { accountId, name, links: held } = ensurePerson(ctx.actor);
  const number = parseIdNumber(typed.idNumber);
  if (!number.ok) throw badIdNumber(number.code);
  const forget = await attempt(ctx, failedBindings, accountId);
  const phones = await phonesOf(ctx, accountId);
  const [found] = await ctx.db
    .select()
    .from(retirees)
    .where(eq(retirees.idNumberIndex, blindIndex('id', number.value)));
  const matches =
    found &&
    found.name === typed.name.normalize('NFKC').replace(/\s/g, '') &&
    found.phone !== null &&
    phones.includes(found.phone);
  if (!matches) throw cannotBind();
  await forget();
  if (held.some((one) => one.retireeId === found.id && one.relation === 'self')) throw alreadyBound();
  await ctx.db
    .insert(links)
    .values({ accountId, retireeId: found.id, relation: 'self', scope: 'everything', since: ctx.clock() })
    .onConflictDoUpdate({
      target: [links.accountId, links.retireeId],
      targetWhere: isNull(links.revokedAt),
      set: { relation: 'self', scope: 'everything', until: null },
    });
  // The first of a couple gave the account its name.
  if (name === null || !held.some((one) => one.relation === 'self')) await setName(ctx, accountId, found.name);
  return { retireeId: found.id };
}
