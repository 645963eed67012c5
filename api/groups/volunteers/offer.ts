/** Somebody says with what they would help as a volunteer (义工, 第二十四条（五）), and takes it back: then they are in no team. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { teamMembers, volunteerInterests, volunteers, volunteerTeams } from '../../../db/schema/volunteers.ts';
import { ensureCanSee, ensurePerson } from '../../access/can.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { plain, unitName } from '../../delivery/message.ts';
import { tellRetiree } from '../../delivery/tell-retiree.ts';
import { once } from '../../engine/once.ts';
import { notFound } from '../../errors.ts';
import type { Retiree, Unit } from '../../ports.ts';

export const offer = z.object({
  /** None: they offer nothing. */
  interests: z.array(z.enum(volunteerInterests)),
  teams: z.array(z.string()),
});
export type Interest = z.infer<typeof offer>['interests'][number];

/** @throws not-signed-in, not-found */
export async function readOffer(ctx: Ctx, retireeId: string): Promise<z.infer<typeof offer>> {
  ensureCanSee(ctx.actor, 'volunteer.offer', { retireeId });
  return offerOf(ctx, retireeId);
}

/** At the counter, for staff in whose care they are. @throws not-signed-in, not-found */
export async function readOfferFor(ctx: Ctx, retireeId: string): Promise<z.infer<typeof offer>> {
  await ensureHandles(ctx, retireeId);
  return offerOf(ctx, retireeId);
}

async function offerOf(ctx: Ctx, retireeId: string): Promise<z.infer<typeof offer>> {
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
export async function setOffer(ctx: Ctx, retireeId: string, interests: readonly Interest[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    ensureCanSee(inside.actor, 'volunteer.offer', { retireeId });
    await write(inside, retireeId, interests, null);
    return null;
  });
}

/**
 * What somebody without a phone says at the counter, written down by staff in whose care they are, to whom they agreed; they are told.
 * @throws not-signed-in, not-found
 */
export async function noteOffer(ctx: Ctx, retireeId: string, interests: readonly Interest[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const { retiree, unit } = await ensureHandles(inside, retireeId);
    const { accountId } = ensurePerson(inside.actor);
    await write(inside, retireeId, interests, accountId);
    await tellRetiree(inside, retireeId, {
      template: interests.length > 0 ? 'volunteer.noted' : 'volunteer.taken-back',
      params: { name: plain(retiree.name), unit: unitName(unit.id) },
      except: accountId,
    });
    return null;
  });
}

/** @throws not-signed-in, not-found also for the dead and whom nobody serves */
async function ensureHandles(ctx: Ctx, retireeId: string): Promise<{ retiree: Retiree; unit: Unit }> {
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  ensureCanSee(ctx.actor, 'group.handle', { unitId: retiree?.care?.id ?? '' });
  if (!retiree?.care || !retiree.alive) throw notFound();
  return { retiree, unit: retiree.care };
}

async function write(
  ctx: Ctx,
  retireeId: string,
  interests: readonly Interest[],
  notedBy: string | null,
): Promise<void> {
  const chosen = volunteerInterests.filter((one) => interests.includes(one));
  const said = { interests: chosen, at: ctx.clock(), notedBy };
  if (chosen.length === 0) await ctx.db.delete(volunteers).where(eq(volunteers.retireeId, retireeId));
  else
    await ctx.db
      .insert(volunteers)
      .values({ retireeId, ...said })
      .onConflictDoUpdate({ target: volunteers.retireeId, set: said });
}
