/** The frame of every change of staff: one at a time in the whole city, by an actor read again inside. */
import { sql } from 'drizzle-orm';
import type { Person } from '../access/actor.ts';
import { ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';

/** They are rare: two leads who remove each other at the same moment do it one after the other, and the slower one is refused. */
const STAFF_LOCK = 4301;

/** Runs a change in one transaction. @throws not-signed-in */
export async function changeStaff<Answer>(
  ctx: Ctx,
  change: (inside: Ctx, actor: Person) => Promise<Answer>,
): Promise<Answer> {
  ensurePerson(ctx.actor);
  return once(ctx, async (tx) => {
    await tx.db.execute(sql`select pg_advisory_xact_lock(${STAFF_LOCK})`);
    const actor = ensurePerson(await freshActor(tx));
    return change({ ...tx, actor }, actor);
  });
}
