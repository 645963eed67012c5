/** A lead invites somebody to a post by a one-time link, which is handed over by whatever way they like. */
import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { accounts, invites, roles, type Role } from '../../db/schema/access.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { hashOf, newToken } from '../access/secrets.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { changeStaff } from './change-staff.ts';
import { noteChange } from './note.ts';
import { ownReach, unitPath } from './reach.ts';

export const INVITE_LIFE_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_LISTED = 50;

/** @returns the link's token, for the only time @throws not-allowed for a unit that is not below one where the actor leads */
export async function invite(
  ctx: Ctx,
  { unitId, role, name }: { unitId: string; role: Role; name: string },
): Promise<{ token: string; expiresAt: string }> {
  return changeStaff(ctx, async (inside, actor) => {
    ownReach(inside, unitId);
    const token = newToken();
    const now = ctx.clock();
    const expiresAt = new Date(now.getTime() + INVITE_LIFE_MS);
    await inside.db.insert(invites).values({
      tokenHash: hashOf(token),
      unitId,
      role,
      name: name.trim(),
      invitedBy: actor.accountId,
      createdAt: now,
      expiresAt,
    });
    await noteChange(inside, { act: 'invited', unitId, role, name: name.trim() });
    return { token, expiresAt: expiresAt.toISOString() };
  });
}

/** Takes an invitation back before it is used. @throws not-found, also for one of somebody else's unit */
export async function revokeInvite(ctx: Ctx, id: string): Promise<void> {
  await changeStaff(ctx, async (inside) => {
    const [open] = await inside.db
      .select()
      .from(invites)
      .where(openInvite(ctx, eq(invites.id, id)));
    if (!open) throw notFound();
    ensureCanSee(inside.actor, 'staff.manage', { unitPath: unitPath(ctx, open.unitId) });
    await inside.db.update(invites).set({ revokedAt: ctx.clock() }).where(eq(invites.id, id));
    await noteChange(inside, { act: 'invite-revoked', unitId: open.unitId, role: open.role, name: open.name });
  });
}

export const inviteLine = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  unit: z.object({ id: z.string(), name: z.string() }),
  by: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});
export type InviteLine = z.infer<typeof inviteLine>;

/** The open invitations of a unit and those below, newest first. @throws not-allowed */
export async function listInvites(ctx: Ctx, unitId: string): Promise<InviteLine[]> {
  ensurePerson(ctx.actor);
  ownReach(ctx, unitId);
  const { units } = ctx.city;
  const rows = await ctx.db
    .select({ invite: invites, by: accounts.name })
    .from(invites)
    .leftJoin(accounts, eq(accounts.id, invites.invitedBy))
    .where(openInvite(ctx, inArray(invites.unitId, units.within(unitId))))
    .orderBy(desc(invites.createdAt))
    .limit(MOST_LISTED);
  return rows.map(({ invite: row, by }) => ({
    id: row.id,
    name: row.name,
    role: row.role,
    unit: { id: row.unitId, name: units.get(row.unitId)?.name ?? row.unitId },
    by,
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** The condition of an invitation that can still be used. */
export const openInvite = (ctx: Ctx, which: ReturnType<typeof eq>) =>
  and(which, isNull(invites.usedAt), isNull(invites.revokedAt), gt(invites.expiresAt, ctx.clock()));
