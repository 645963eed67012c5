/** What somebody had in hand at a unit goes back to everybody there: they work there no more. */
import { and, eq, inArray } from 'drizzle-orm';
import { cases } from '../../../db/schema/engine.ts';
import { say, sourceLocale } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { addEvents } from './event.ts';

/** Whose cases, and at which unit. `name` is shown in the timeline as whose they were. */
export interface Leaving {
  accountId: string;
  name: string | null;
  unitId: string;
}

/** Hands back every case, with an event on each timeline. `ctx.db` is the transaction that ends the post. @returns how many */
export async function handBackAll(ctx: Ctx, { accountId, name, unitId }: Leaving): Promise<number> {
  const held = await ctx.db
    .select({ id: cases.id, step: cases.step, status: cases.status })
    .from(cases)
    .where(and(eq(cases.claimedBy, accountId), eq(cases.unitId, unitId), inArray(cases.status, ['open', 'entering'])))
    // In one order for everybody, so that two who lock several never wait for each other.
    .orderBy(cases.id)
    .for('update');
  if (held.length === 0) return 0;
  const said = name ? [{ question: say(sourceLocale, 'engine:timeline.heldBy'), shown: name }] : [];
  await addEvents(
    ctx,
    held.map(({ id, step, status }) => ({
      caseId: id,
      verb: 'hand-back',
      step,
      status,
      unitId,
      payload: { said },
    })),
  );
  await ctx.db
    .update(cases)
    .set({ claimedBy: null })
    .where(
      inArray(
        cases.id,
        held.map(({ id }) => id),
      ),
    );
  return held.length;
}
