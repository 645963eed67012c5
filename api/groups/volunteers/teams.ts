/** A community's volunteers and the teams that its staff form of them. Whoever moved away or died is in none any more. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { care, retirees } from '../../../db/schema/registry.ts';
import { teamMembers, volunteerInterests, volunteers, volunteerTeams } from '../../../db/schema/volunteers.ts';
import { ensureCan, ensureCanSee, ensurePerson } from '../../access/can.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { once } from '../../engine/once.ts';
import { notFound } from '../../errors.ts';
import { teamNameTaken } from '../errors.ts';
import { communityFor, unitFor } from '../group.ts';

const person = z.object({ id: z.uuid(), name: z.string(), interests: z.array(z.enum(volunteerInterests)) });

export const volunteersView = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  people: z.array(person),
  teams: z.array(z.object({ id: z.uuid(), name: z.string(), people: z.array(person) })),
});
export type VolunteersView = z.infer<typeof volunteersView>;

/** More than a community has. */
const MOST_VOLUNTEERS = 2000;
const MOST_TEAMS = 100;

/** @throws not-signed-in, not-allowed, not-found */
export async function readVolunteers(ctx: Ctx, unitId: string): Promise<VolunteersView> {
  const unit = unitFor(ctx, unitId);
  ensureCan(ctx.actor, 'group.handle', { unitId: unit.id });
  const [people, teams, members] = await Promise.all([
    volunteersIn(ctx, unit.id),
    ctx.db
      .select({ id: volunteerTeams.id, name: volunteerTeams.name })
      .from(volunteerTeams)
      .where(eq(volunteerTeams.unitId, unit.id))
      .orderBy(asc(volunteerTeams.madeAt))
      .limit(MOST_TEAMS),
    ctx.db
      .select({ teamId: teamMembers.teamId, retireeId: teamMembers.retireeId })
      .from(teamMembers)
      .innerJoin(volunteerTeams, eq(volunteerTeams.id, teamMembers.teamId))
      .where(eq(volunteerTeams.unitId, unit.id))
      .limit(MOST_VOLUNTEERS),
  ]);
  const inTeam = new Set(members.map(({ teamId, retireeId }) => `${teamId} ${retireeId}`));
  return {
    unit: { id: unit.id, name: unit.name },
    people,
    teams: teams.map((team) => ({ ...team, people: people.filter(({ id }) => inTeam.has(`${team.id} ${id}`)) })),
  };
}

/** Those of the community who offer to help, and live. */
const volunteersIn = (ctx: Ctx, unitId: string) =>
  ctx.db
    .select({ id: retirees.id, name: retirees.name, interests: volunteers.interests })
    .from(volunteers)
    .innerJoin(retirees, and(eq(retirees.id, volunteers.retireeId), isNull(retirees.diedOn)))
    .innerJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until), eq(care.unitId, unitId)))
    .orderBy(asc(volunteers.at), asc(retirees.id))
    .limit(MOST_VOLUNTEERS);

/** Forms a team of those who offer to help. @throws not-signed-in, not-allowed, not-found, groups-not-a-community, volunteer-team-taken */
export async function formTeam(
  ctx: Ctx,
  { unit: unitId, name, people }: { unit: string; name: string; people: string[] },
): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = communityFor(inside, unitId);
    ensureCan(inside.actor, 'group.handle', { unitId: unit.id });
    await ensureOffer(inside, unit.id, people);
    const { accountId } = ensurePerson(inside.actor);
    const [team] = await inside.db
      .insert(volunteerTeams)
      .values({ unitId: unit.id, name, madeBy: accountId, madeAt: inside.clock() })
      .onConflictDoNothing()
      .returning({ id: volunteerTeams.id });
    if (!team) throw teamNameTaken();
    await inside.db
      .insert(teamMembers)
      .values([...new Set(people)].map((retireeId) => ({ teamId: team.id, retireeId })));
    return team;
  });
}

/** @throws not-found when one of them does not offer to help there */
async function ensureOffer(ctx: Ctx, unitId: string, people: readonly string[]): Promise<void> {
  const here = new Set((await volunteersIn(ctx, unitId)).map(({ id }) => id));
  if (!people.every((id) => here.has(id))) throw notFound();
}

/** More of those who offer to help come into a team; who is in it already stays. @throws not-signed-in, not-found */
export async function joinTeam(ctx: Ctx, id: string, people: readonly string[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const team = await lockTeam(inside, id);
    await ensureOffer(inside, team.unitId, people);
    await inside.db
      .insert(teamMembers)
      .values([...new Set(people)].map((retireeId) => ({ teamId: id, retireeId })))
      .onConflictDoNothing();
    return null;
  });
}

/** @throws not-signed-in, not-found */
async function lockTeam(ctx: Ctx, id: string): Promise<typeof volunteerTeams.$inferSelect> {
  const [team] = await ctx.db.select().from(volunteerTeams).where(eq(volunteerTeams.id, id)).for('update');
  ensureCanSee(ctx.actor, 'group.handle', { unitId: team?.unitId ?? '' });
  if (!team) throw notFound();
  return team;
}

/** Takes people out of a team; without any the whole team ends. @throws not-signed-in, not-found */
export async function leaveTeam(ctx: Ctx, id: string, people: readonly string[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    await lockTeam(inside, id);
    if (people.length === 0) await inside.db.delete(volunteerTeams).where(eq(volunteerTeams.id, id));
    else
      await inside.db
        .delete(teamMembers)
        .where(and(eq(teamMembers.teamId, id), inArray(teamMembers.retireeId, [...people])));
    return null;
  });
}
