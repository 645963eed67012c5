/** Whoever holds an invitation's link takes the post: on a page or in chat, by a tap, once. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, invites, posts, type Role } from '../../db/schema/access.ts';
import { phonesOf } from '../access/accounts.ts';
import { needsSecondFactor } from '../access/posts.ts';
import { hashOf } from '../access/secrets.ts';
import type { Ctx } from '../context.ts';
import { changeStaff } from './change-staff.ts';
import { alreadyThere, inviteUsed, phoneFirst } from './errors.ts';
import { openInvite } from './invite.ts';
import { noteChange, tellChange } from './note.ts';

export interface Invitation {
  /** Whom it is meant for. */
  name: string;
  unit: string;
  role: Role;
  by: string | null;
  expiresAt: string;
  /** Whether the post will want the second factor. */
  secondFactor: boolean;
}

const held = (ctx: Ctx, token: string) => openInvite(ctx, eq(invites.tokenHash, hashOf(token)));

/** What a link invites to; it is not used up. @throws invite-used */
export async function openInvitation(ctx: Ctx, token: string): Promise<Invitation> {
  const [found] = await ctx.db
    .select({ invite: invites, by: accounts.name })
    .from(invites)
    .leftJoin(accounts, eq(accounts.id, invites.invitedBy))
    .where(held(ctx, token));
  const unit = found && ctx.city.units.get(found.invite.unitId);
  if (!unit) throw inviteUsed();
  const { name, role, expiresAt } = found.invite;
  return {
    name,
    unit: ctx.city.units.fullName(unit),
    role,
    by: found.by,
    expiresAt: expiresAt.toISOString(),
    secondFactor: needsSecondFactor(unit.level),
  };
}

/**
 * Gives the actor the post, and whoever invited them hears of it. Of two who tap at once, one gets it.
 * @throws not-signed-in, phone-first, invite-used, already-there
 */
export async function joinByInvitation(ctx: Ctx, token: string): Promise<{ unit: string; role: Role }> {
  return changeStaff(ctx, async (inside, actor) => {
    const { accountId } = actor;
    if ((await phonesOf(inside, accountId)).length === 0) throw phoneFirst();
    const [used] = await inside.db
      .update(invites)
      .set({ usedAt: ctx.clock(), usedBy: accountId })
      .where(held(ctx, token))
      .returning();
    if (!used) throw inviteUsed();
    const { unitId, role, invitedBy, name } = used;
    const [given] = await inside.db
      .insert(posts)
      .values({ accountId, unitId, role, since: ctx.clock(), givenBy: invitedBy })
      .onConflictDoNothing()
      .returning({ id: posts.id });
    if (!given) throw alreadyThere();
    // A name that the person has already is theirs; the invitation's is only how the inviter calls them.
    await inside.db
      .update(accounts)
      .set({ name })
      .where(and(eq(accounts.id, accountId), isNull(accounts.name)));
    const noted = { act: 'joined', unitId, role, name: actor.name ?? name, accountId } as const;
    await noteChange(inside, noted);
    await tellChange(inside, invitedBy, 'staff-joined', noted);
    await tellChange(inside, accountId, 'post-given', noted);
    return { unit: ctx.city.units.get(unitId)?.name ?? '', role };
  });
}
