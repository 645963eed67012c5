/** The parts of an export that self-help groups have: in which somebody was, which they led, and with what they would help. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { groupLeaders, groupMembers, groups } from '../../db/schema/groups.ts';
import { teamMembers, volunteers, volunteerTeams } from '../../db/schema/volunteers.ts';
import { PAGE, after, ofRetirees, pageOf, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';

export const groupParts = {
  async groups(ctx, owner, cursor) {
    const rows = await ctx.db
      .select({ member: groupMembers, unitId: groups.unitId, n: groups.n, name: groups.name })
      .from(groupMembers)
      .innerJoin(groups, eq(groups.id, groupMembers.groupId))
      .where(and(ofRetirees(groupMembers.retireeId, owner), after(groupMembers.id, cursor)))
      .orderBy(asc(groupMembers.id))
      .limit(PAGE);
    const offices = await ctx.db
      .select()
      .from(groupLeaders)
      .where(
        inArray(
          groupLeaders.retireeId,
          rows.map(({ member }) => member.retireeId),
        ),
      )
      .orderBy(asc(groupLeaders.since));
    return pageOf(
      rows.map(({ member: { id, retireeId, groupId, since, until }, unitId, n, name }) => ({
        id,
        retireeId,
        unit: unit(ctx, unitId),
        n,
        name,
        since,
        until,
        offices: offices
          .filter((one) => one.retireeId === retireeId && one.groupId === groupId)
          .map((one) => ({ id: one.id, office: one.office, since: one.since, term: one.term, until: one.until })),
      })),
    );
  },
  async volunteering(ctx, owner, cursor) {
    const rows = await ctx.db
      .select()
      .from(volunteers)
      .where(and(ofRetirees(volunteers.retireeId, owner), after(volunteers.id, cursor)))
      .orderBy(asc(volunteers.id))
      .limit(PAGE);
    const teams = await ctx.db
      .select({ id: teamMembers.id, retireeId: teamMembers.retireeId, name: volunteerTeams.name })
      .from(teamMembers)
      .innerJoin(volunteerTeams, eq(volunteerTeams.id, teamMembers.teamId))
      .where(
        inArray(
          teamMembers.retireeId,
          rows.map(({ retireeId }) => retireeId),
        ),
      );
    return pageOf(
      rows.map(({ notedBy, ...row }) => ({
        ...row,
        atCounter: notedBy !== null,
        teams: teams.filter((one) => one.retireeId === row.retireeId).map(({ id, name }) => ({ id, name })),
      })),
    );
  },
} satisfies Partial<Record<Part, Reader>>;
