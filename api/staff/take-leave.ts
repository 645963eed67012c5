/** Going on leave: from when to when, and who stands in. It begins and ends by itself, by the day. */
import { and, eq, gte, isNull, lte } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { accounts, posts } from '../../db/schema/access.ts';
import { leaves } from '../../db/schema/leaves.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, type PlainDate } from '../dates.ts';
import { dayWords, plain, unitName, words, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { notFound } from '../errors.ts';
import { changeStaff } from './change-staff.ts';
import { deputyAway, leaveDaysWrong, noSuchDeputy } from './errors.ts';

const LONGEST_DAYS = 366;

export interface LeaveInput {
  /** The post of the colleague who stands in. */
  deputy: string;
  first: PlainDate;
  last: PlainDate;
}

/** Says it, in place of what was said before; both deputies are told. @throws not-found, leave-days, leave-no-deputy, leave-deputy-away */
export async function takeLeave(ctx: Ctx, postId: string, { deputy, first, last }: LeaveInput): Promise<void> {
  await changeStaff(ctx, async (inside) => {
    const post = await ownPost(inside, postId);
    if (last < first || last < dayOf(ctx.clock()) || last >= addDays(first, LONGEST_DAYS)) throw leaveDaysWrong();
    const accountId = await deputyAt(inside, post, { deputy, first, last });
    const before = await endLast(inside, postId);
    const madeAt = ctx.clock();
    await inside.db.insert(leaves).values({ postId, deputyId: deputy, firstDay: first, lastDay: last, madeAt });
    const { actor } = inside;
    const isEntered = actor.is === 'person' && actor.accountId !== post.accountId;
    const isOther = before !== null && before !== accountId;
    await enqueue(inside, [
      ...(isOther ? [told(post, before, 'leave.no-more')] : []),
      told(post, accountId, 'leave.stand-in', { first: dayWords(first), last: dayWords(last) }),
      ...(isEntered ? [entered(post, actor.name, { first: dayWords(first), last: dayWords(last) })] : []),
    ]);
  });
}

/** Comes back before it is over, or does not go. @throws not-found */
export async function endLeave(ctx: Ctx, postId: string): Promise<void> {
  await changeStaff(ctx, async (inside) => {
    const post = await ownPost(inside, postId);
    const deputy = await endLast(inside, postId);
    if (deputy) await enqueue(inside, [told(post, deputy, 'leave.no-more')]);
  });
}

interface OwnPost {
  id: string;
  unitId: string;
  accountId: string;
  name: string | null;
}

/** @throws not-found when it is nobody's, or that of somebody for whom the actor may not say it */
async function ownPost(ctx: Ctx, postId: string): Promise<OwnPost> {
  const [post] = await ctx.db
    .select({ id: posts.id, unitId: posts.unitId, accountId: posts.accountId, name: accounts.name })
    .from(posts)
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(and(eq(posts.id, postId), isNull(posts.endedAt)))
    .for('update', { of: posts });
  if (!post) throw notFound();
  ensureCanSee(ctx.actor, 'leave.take', post);
  return post;
}

/** The account of whoever stands in. */
async function deputyAt(ctx: Ctx, post: OwnPost, { deputy, first, last }: LeaveInput): Promise<string> {
  const [found] = await ctx.db
    .select({ id: posts.id, accountId: posts.accountId, away: leaves.id })
    .from(posts)
    .leftJoin(
      leaves,
      and(eq(leaves.postId, posts.id), isNull(leaves.endedAt), lte(leaves.firstDay, last), gte(leaves.lastDay, first)),
    )
    .where(and(eq(posts.id, deputy), eq(posts.unitId, post.unitId), isNull(posts.endedAt), isNull(posts.suspendedAt)));
  if (!found || found.id === post.id) throw noSuchDeputy();
  if (found.away) throw deputyAway();
  return found.accountId;
}

/** Ends what was said last. @returns whose standing in is over by it; null when it was over already */
async function endLast({ db, clock }: Ctx, postId: string): Promise<string | null> {
  const of = alias(posts, 'deputy');
  const [last] = await db
    .select({ id: leaves.id, lastDay: leaves.lastDay, accountId: of.accountId })
    .from(leaves)
    .innerJoin(of, eq(of.id, leaves.deputyId))
    .where(and(eq(leaves.postId, postId), isNull(leaves.endedAt)));
  if (!last) return null;
  await db.update(leaves).set({ endedAt: clock() }).where(eq(leaves.id, last.id));
  return last.lastDay < dayOf(clock()) ? null : last.accountId;
}

function told(post: OwnPost, accountId: string, template: string, days: Record<string, string> = {}): NewMessage {
  const name = post.name ? plain(post.name) : words('notices:someone');
  const to = { accountId, atUnit: post.unitId };
  return { to, form: 'notice', template, params: { name, unit: unitName(post.unitId), ...days } };
}

/** Whoever is on leave hears that their lead has entered it. */
function entered({ accountId }: OwnPost, who: string | null, days: Record<string, string>): NewMessage {
  const by = who ? plain(who) : words('notices:someone');
  return { to: { accountId }, form: 'notice', template: 'leave.entered', params: { who: by, ...days } };
}
