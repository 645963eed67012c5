/** The part of an export that activities have: what a retiree signed up for, what they said they need, whether they came, and how it was. */
import { and, asc, eq } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import { after, PAGE, ofRetirees, pageOf, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';

export const activityParts = {
  async activities(ctx, owner, cursor) {
    const rows = await ctx.db
      .select({ signUp: signUps, title: activities.title, unitId: activities.unitId, startsAt: activities.startsAt })
      .from(signUps)
      .innerJoin(activities, eq(activities.id, signUps.activityId))
      .where(and(ofRetirees(signUps.retireeId, owner), after(signUps.id, cursor)))
      .orderBy(asc(signUps.id))
      .limit(PAGE);
    return pageOf(
      rows.map(({ signUp, title, unitId, startsAt }) => ({
        id: signUp.id,
        retireeId: signUp.retireeId,
        title,
        unit: unit(ctx, unitId),
        startsAt,
        state: signUp.state,
        companion: signUp.size === 2,
        needs: signUp.needs,
        at: signUp.at,
        checkedInAt: signUp.checkedInAt,
        stars: signUp.stars,
        ratingWords: signUp.ratingWords,
      })),
    );
  },
} satisfies Partial<Record<Part, Reader>>;
