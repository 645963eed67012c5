/** Somebody says with what they would help as a volunteer (义工, 第二十四条（五）), and takes it back: then they are in no team. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { teamMembers, volunteerInterests, volunteers, volunteerTeams } from '../../../db/schema/volunteers.ts';
import type { VolunteerInterest } from '../../../db/schema/volunteers.ts';
import { ensureCanSee } from '../../access/can.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { once } from '../../engine/once.ts';

export const offer = z.object({
  /** None: they offer nothing. */
  interests: z.array(z.enum(volunteerInterests)),
  teams: z.array(z.string()),
});

/** @throws not-signed-in, not-found */
export async function readOffer(ctx: Ctx, retireeId: string): Promise<z.infer<typeof offer>> {
  ensureCanSee(ctx.actor, 'volunteer.offer', { retireeId });
  const [found] = await ctx.db
    .select({ interests: volunteers.interests })
    .from(volunteers)
    .where(eq(volunteers.retireeId, retireeId));
  const teams = await ctx.db
    .select({ name: volunteerTeams.name })
    .from(teamMembers)
    .innerJoin(volunteerTeams, eq(volunteerTeams.id, teamMembers.teamId))
    .where(eq(teamMembers.retireeId, retireeId));
  return { interests: found?.interests ?? [], teams: teams.map(({ name }) => name) };
}

/** They agree that the community sees it by saying it. @throws not-signed-in, not-found */
export async function setOffer(ctx: Ctx, retireeId: string, interests: readonly VolunteerInterest[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    ensureCanSee(inside.actor, 'volunteer.offer', { retireeId });
    const chosen = volunteerInterests.filter((one) => interests.includes(one));
    if (chosen.length === 0) await inside.db.delete(volunteers).where(eq(volunteers.retireeId, retireeId));
    else
      await inside.db
        .insert(volunteers)
        .values({ retireeId, interests: chosen, at: inside.clock() })
        .onConflictDoUpdate({ target: volunteers.retireeId, set: { interests: chosen, at: inside.clock() } });
    return null;
  });
}
