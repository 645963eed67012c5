/** What the verbs about a notice share: finding it, under its lock, and its versions. */
import { and, eq, ne } from 'drizzle-orm';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { can, ensureCanSee, type Action } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import { isWithin } from '../access/posts.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';
import { noticeChanged } from './errors.ts';
import type { Audience } from './rules.ts';

export type Notice = typeof notices.$inferSelect;
export type Revision = typeof noticeRevisions.$inferSelect;

export const audienceOf = ({ ageFrom, ageTo, employerKinds, flags }: Revision): Audience => ({
  ageFrom,
  ageTo,
  employerKinds,
  flags,
});

/** The unit that a request or a row names. @throws not-found */
export function unitOf({ city }: Ctx, id: string): Unit {
  const unit = city.units.get(id);
  if (!unit) throw notFound();
  return unit;
}

/** The notice, whoever asks. @throws not-found */
export async function findNotice(ctx: Ctx, id: string, lock: 'lock' | 'read' = 'read'): Promise<Notice> {
  const query = ctx.db.select().from(notices).where(eq(notices.id, id));
  const [notice] = await (lock === 'lock' ? query.for('update') : query);
  if (!notice) throw notFound();
  return notice;
}

/** Whether the caller works in a unit that it went out to: they tell its people of it. */
export const worksBelow = ({ actor }: Ctx, { path }: Unit): boolean =>
  actor.is === 'person' &&
  actor.posts.some((post) => isWithin(post.path, path) && can(actor, 'notice.reach', { unitPath: post.path }));

/** One version. @throws not-found */
export async function revisionOf(ctx: Ctx, { id }: Pick<Notice, 'id'>, n: number | null): Promise<Revision> {
  const [found] = await ctx.db
    .select()
    .from(noticeRevisions)
    .where(and(eq(noticeRevisions.noticeId, id), eq(noticeRevisions.n, n ?? -1)));
  if (!found) throw notFound();
  return found;
}

/** The version that is being written or waits for the second pair of eyes; null when there is none. */
export async function openRevision(ctx: Ctx, { id }: Pick<Notice, 'id'>): Promise<Revision | null> {
  const [found] = await ctx.db
    .select()
    .from(noticeRevisions)
    .where(and(eq(noticeRevisions.noticeId, id), ne(noticeRevisions.state, 'approved')));
  return found ?? null;
}

type Overseeing = Extract<Action, 'notice.write' | 'notice.oversee'>;

/**
 * Runs a change of a notice once, under its lock, by whoever may; `seen` is the version that the caller saw. What the change
 * answers is the version number afterwards.
 * @throws not-signed-in, not-found, notice-changed
 */
export async function changing(
  ctx: Ctx,
  id: string,
  may: Overseeing,
  seen: number,
  change: (inside: Ctx, notice: Notice, unit: Unit) => Promise<Partial<Notice>>,
): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const notice = await findNotice(inside, id, 'lock');
    const unit = unitOf(inside, notice.unitId);
    ensureCanSee(inside.actor, 'notice.oversee', { unitPath: unit.path });
    if (may === 'notice.write') ensureCanSee(inside.actor, may, { unitId: unit.id });
    if (notice.version !== seen) throw noticeChanged(notice.version);
    const set = await change(inside, notice, unit);
    const version = notice.version + 1;
    await inside.db
      .update(notices)
      .set({ ...set, version })
      .where(eq(notices.id, id));
    return { version };
  });
}
