/** Who is in a group, by name: for whoever is in it themself. */
import { and, eq, isNull, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { groupMembers } from '../../db/schema/groups.ts';
import { retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';

/** Whether somebody else of this name, living, is in the self-help group that a retiree is in now. */
export async function isNamedInGroupOf({ db }: Ctx, retireeId: string, name: string): Promise<boolean> {
  const own = alias(groupMembers, 'own');
  const found = await db
    .select({ id: groupMembers.id })
    .from(own)
    .innerJoin(groupMembers, and(eq(groupMembers.groupId, own.groupId), isNull(groupMembers.until)))
    .innerJoin(retirees, and(eq(retirees.id, groupMembers.retireeId), isNull(retirees.diedOn)))
    .where(
      and(
        eq(own.retireeId, retireeId),
        isNull(own.until),
        ne(retirees.id, retireeId),
        eq(retirees.name, name.replaceAll(/\s/g, '')),
      ),
    )
    .limit(1);
  return found.length > 0;
}
