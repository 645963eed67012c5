/** Invites the first lead of the city, whom nobody in the product can invite: by whoever has the server in hand. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { accounts, invites, posts, staffEvents } from '../../db/schema/access.ts';
import { units } from '../../db/schema/registry.ts';
import { hashOf, newToken } from '../access/secrets.ts';
import { INVITE_LIFE_MS } from './invite.ts';

/** As whom the invitation stands in the record: an account without any way in. */
interface Operator {
  operator: string;
  /** Whom it is meant for. */
  name: string;
}

/**
 * An earlier invitation that nobody used is void from now on.
 * @returns the link's token, for the only time; null when the city has a lead, who invites everybody else
 */
export async function inviteFirstLead(
  db: Db,
  { operator, name }: Operator,
  now: Date,
): Promise<{ token: string; expiresAt: Date } | null> {
  return db.transaction(async (tx) => {
    const [city] = await tx.select({ id: units.id }).from(units).where(eq(units.level, 'city')).for('update');
    if (!city) throw new Error('The units of the city are not there: start the product once.');
    const isLead = and(eq(posts.unitId, city.id), eq(posts.role, 'lead'), isNull(posts.endedAt));
    const [lead] = await tx.select({ id: posts.id }).from(posts).where(isLead).limit(1);
    if (lead) return null;
    const open = and(eq(invites.unitId, city.id), eq(invites.role, 'lead'), isNull(invites.usedAt));
    await tx
      .update(invites)
      .set({ revokedAt: now })
      .where(and(open, isNull(invites.revokedAt)));
    const [by] = await tx.insert(accounts).values({ name: operator, createdAt: now }).returning({ id: accounts.id });
    if (!by) throw new Error('The invitation could not be written.');
    const token = newToken();
    const expiresAt = new Date(now.getTime() + INVITE_LIFE_MS);
    const post = { unitId: city.id, role: 'lead' as const, name };
    await tx.insert(invites).values({ ...post, tokenHash: hashOf(token), invitedBy: by.id, createdAt: now, expiresAt });
    await tx.insert(staffEvents).values({ ...post, act: 'invited', at: now, byId: by.id });
    return { token, expiresAt };
  });
}
