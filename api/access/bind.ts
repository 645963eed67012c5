/** Binding an account to a retiree's record: by the person with name, identity number and registered phone, or by staff at the counter. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, links, type Relation } from '../../db/schema/access.ts';
import { retirees } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import { parseIdNumber } from '../values/id-number.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../errors.ts';
import { accountFor, phonesOf, setName } from './accounts.ts';
import { ensureCanSee, ensurePerson } from './can.ts';
import { alreadyBound, cannotBind, notAName } from './errors.ts';
import { attempt, failedBindings } from './limits.ts';
import { mobile } from './sign-in.ts';

const badIdNumber = (fault: string) => new AppError('bad-id-number', 422, {}, { fault });

/**
 * Binds the caller's account to their own record. What does not match is never said: the answer names whom to see.
 * @throws bad-id-number, cannot-bind, already-bound, too-many-attempts
 */
export async function bindSelf(ctx: Ctx, typed: { name: string; idNumber: string }): Promise<{ retireeId: string }> {
  const { accountId, links: held } = ensurePerson(ctx.actor);
  if (held.some((one) => one.relation === 'self')) throw alreadyBound();
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
  await link(ctx, { accountId, retireeId: found.id, relation: 'self', boundBy: null });
  await setName(ctx, accountId, found.name);
  return { retireeId: found.id };
}

/**
 * Staff bind a phone number to a retiree in their care, having seen the person's papers: the retiree's own, or a relative's.
 * @throws not-found when the retiree is not theirs to see, not-a-mobile, not-a-name
 */
export async function bindAtCounter(
  ctx: Ctx,
  input: { retireeId: string; phone: string; relation: Relation; name?: string | undefined },
): Promise<void> {
  const staff = ensurePerson(ctx.actor);
  const retiree = await ctx.city.people.retiree(ctx.db, input.retireeId);
  const facts = { retireeId: input.retireeId, carePath: (retiree?.care ?? retiree?.insuredAt)?.path ?? null };
  ensureCanSee(ctx.actor, 'retiree.bind', facts);
  const phone = mobile(input.phone);
  // A number in the wrong field would be kept, and shown, as a name.
  if (/\d/.test(input.name?.normalize('NFKC') ?? '')) throw notAName();
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const accountId = await accountFor(inside, 'phone', phone);
    await link(inside, { accountId, retireeId: input.retireeId, relation: input.relation, boundBy: staff.accountId });
    const name = input.name ?? (input.relation === 'self' ? retiree?.name : undefined);
    if (name)
      await tx
        .update(accounts)
        .set({ name })
        .where(and(eq(accounts.id, accountId), isNull(accounts.name)));
  });
}

const scopeOf = (relation: Relation) => (relation === 'self' ? ('everything' as const) : ('apply' as const));

async function link(
  ctx: Ctx,
  values: { accountId: string; retireeId: string; relation: Relation; boundBy: string | null },
): Promise<void> {
  await ctx.db
    .insert(links)
    .values({ ...values, scope: scopeOf(values.relation), since: ctx.clock() })
    .onConflictDoUpdate({
      target: [links.accountId, links.retireeId],
      targetWhere: isNull(links.revokedAt),
      set: { relation: values.relation, boundBy: values.boundBy, scope: scopeOf(values.relation) },
    });
}
