/**
 * Walks through the people of a notice once it is published: counts them, and puts a message into the outbox of those who chose to be
 * told in chat. A page is one transaction that also moves the walk on, so it may stop anywhere and goes on there; nobody is told twice.
 */
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { careFlags } from '../../db/schema/care.ts';
import { noticeAudience, noticeRevisions, noticeReads, notices, noticeWalks } from '../../db/schema/notices.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ageOn } from '../care/rules.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { news, plain, unitName, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { isQuiet } from '../delivery/quiet-hours.ts';
import { tellRooms, type RoomNews } from '../groups/rooms/tell-rooms.ts';
import { audienceOf, type Notice, type Revision } from './notice.ts';
import { isMeant } from './rules.ts';

type Walk = typeof noticeWalks.$inferSelect;
interface Walking {
  walk: Walk;
  notice: Notice;
  revision: Revision;
}

const PAGE = 500;
/** Telegram takes thirty messages a second; a third of them is left to what people wait for. */
const MOST_MESSAGES = 1200;
const MOST_PAGES = 200;

/**
 * Goes on with every walk that is open, for about a minute’s worth; by night nobody is told anything.
 * @returns how many messages were written
 */
export async function walkNotices(ctx: Ctx): Promise<number> {
  if (isQuiet(ctx.clock())) return 0;
  let told = 0;
  for (let pages = 0; pages < MOST_PAGES && told < MOST_MESSAGES; pages += 1) {
    const page = await ctx.db.transaction((tx) => walkOn({ ...ctx, db: tx }));
    if (page === null) break;
    told += page;
  }
  return told;
}

/** One page of the oldest walk; null when none is open. Another worker’s walk is left to it. */
async function walkOn(ctx: Ctx): Promise<number | null> {
  const [found] = await ctx.db
    .select({ walk: noticeWalks, notice: notices, revision: noticeRevisions })
    .from(noticeWalks)
    .innerJoin(notices, eq(notices.id, noticeWalks.noticeId))
    .innerJoin(
      noticeRevisions,
      and(eq(noticeRevisions.noticeId, noticeWalks.noticeId), eq(noticeRevisions.n, noticeWalks.n)),
    )
    .where(isNull(noticeWalks.doneAt))
    .orderBy(asc(noticeWalks.startedAt))
    .limit(1)
    .for('update', { of: noticeWalks, skipLocked: true });
  if (!found) return null;
  // Withdrawn, or corrected once more: what comes after it is told instead.
  if (found.notice.state !== 'published' || found.notice.current !== found.walk.n) {
    await move(ctx, found.walk, { doneAt: ctx.clock() });
    return 0;
  }
  return found.walk.what === 'audience' ? walkAudience(ctx, found) : walkReaders(ctx, found);
}

async function walkAudience(ctx: Ctx, { walk, notice, revision }: Walking): Promise<number> {
  if (walk.afterUnit === '') {
    await ctx.db.delete(noticeAudience).where(eq(noticeAudience.noticeId, notice.id));
    await tellRooms(ctx, roomNews(notice, revision));
  }
  const rows = await ctx.db
    .select({
      id: retirees.id,
      born: retirees.born,
      employerKind: retirees.employerKind,
      unitId: care.unitId,
      flags: careFlags.flags,
    })
    .from(care)
    .innerJoin(retirees, eq(retirees.id, care.retireeId))
    .leftJoin(careFlags, and(eq(careFlags.retireeId, retirees.id), eq(careFlags.flagged, revision.byFlags)))
    .where(
      and(
        inArray(care.unitId, ctx.city.units.within(notice.unitId)),
        isNull(care.until),
        isNull(retirees.diedOn),
        sql`(${care.unitId}, ${care.retireeId}) > (${walk.afterUnit}, ${walk.afterRetiree}::uuid)`,
      ),
    )
    .orderBy(asc(care.unitId), asc(care.retireeId))
    .limit(PAGE);
  const today = dayOf(ctx.clock());
  const audience = audienceOf(revision);
  const meant = rows.filter(({ born, employerKind, flags }) =>
    isMeant(audience, { age: ageOn(born, today), employerKind, flags: flags ?? [] }),
  );
  await count(ctx, notice.id, meant);
  const accounts = await inChat(
    ctx,
    sql`l.retiree_id = any(${idList(meant)}) and l.revoked_at is null
      and (l.until is null or l.until > ${ctx.clock().toISOString()}::timestamptz)`,
  );
  await enqueue(
    ctx,
    accounts.map((id) => message(notice, revision, id, 'published', true)),
  );
  const last = rows.at(-1);
  await move(ctx, walk, {
    ...(last && { afterUnit: last.unitId, afterRetiree: last.id }),
    ...(rows.length < PAGE && { doneAt: ctx.clock() }),
  });
  return accounts.length;
}

/** Those who read an older version: in their chat if they chose so, else in the list of their messages. */
async function walkReaders(ctx: Ctx, { walk, notice, revision }: Walking): Promise<number> {
  const rows = await ctx.db
    .select({ n: noticeReads.n, accountId: noticeReads.accountId, seen: noticeReads.revision })
    .from(noticeReads)
    .where(and(eq(noticeReads.noticeId, notice.id), gt(noticeReads.n, walk.afterRead)))
    .orderBy(asc(noticeReads.n))
    .limit(PAGE);
  const readers = [...new Set(rows.filter(({ seen }) => seen < revision.n).map(({ accountId }) => accountId))];
  const chosen = new Set(await inChat(ctx, sql`l.account_id = any(${idList(readers.map((id) => ({ id })))})`));
  await enqueue(
    ctx,
    readers.map((id) => message(notice, revision, id, 'corrected', chosen.has(id))),
  );
  await move(ctx, walk, {
    ...(rows.length > 0 && { afterRead: rows.at(-1)?.n ?? 0 }),
    ...(rows.length < PAGE && { doneAt: ctx.clock() }),
  });
  return chosen.size;
}

/** In the groups' rooms, what everybody may read: nobody there learns of a notice that is for some. */
function roomNews(notice: Notice, { n, title, change }: Revision): RoomNews[] {
  if (!notice.isPublic) return [];
  const params = { title: plain(title), unit: unitName(notice.unitId) };
  const common = { unitId: notice.unitId, groupId: null, page: `/n/${notice.id}`, key: `${notice.id}:${n}` };
  return [
    n === 1
      ? { ...common, template: 'notice', params }
      : { ...common, template: 'corrected', params: { ...params, change: plain(change) } },
  ];
}

const idList = (rows: readonly { id: string }[]) => sql`${`{${rows.map(({ id }) => id).join(',')}}`}::uuid[]`;

/** Accounts among these links that agreed to news in their chat and can be written to there. */
async function inChat(ctx: Ctx, which: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await ctx.db.execute<{ account_id: string }>(sql`
    select distinct l.account_id from links l
      join accounts a on a.id = l.account_id and a.closed_at is null
      join consents c on c.account_id = l.account_id and c.purpose = 'chat-news' and c.withdrawn_at is null
      join logins w on w.account_id = l.account_id and w.kind = 'telegram' and w.blocked_at is null
     where ${which}`);
  return [...rows].map((row) => row.account_id);
}

function message(
  notice: Notice,
  { n, title, change }: Revision,
  accountId: string,
  what: 'published' | 'corrected',
  inTheirChat: boolean,
): NewMessage {
  return {
    to: { accountId },
    form: 'notice',
    template: news(what),
    params: {
      title: plain(title),
      unit: unitName(notice.unitId),
      notice: notice.id,
      ...(what === 'corrected' && { change: plain(change) }),
    },
    // Whoever is told of a version is not told of it again; the first time is once for all versions.
    onceKey: what === 'published' ? `news:${notice.id}:${accountId}` : `news:${notice.id}:${n}:${accountId}`,
    alreadySaid: !inTheirChat,
    quiet: true,
  };
}

async function count(ctx: Ctx, noticeId: string, people: readonly { unitId: string }[]): Promise<void> {
  const units = [...Map.groupBy(people, ({ unitId }) => unitId)].map(([unitId, own]) => ({
    noticeId,
    unitId,
    people: own.length,
  }));
  if (units.length === 0) return;
  await ctx.db
    .insert(noticeAudience)
    .values(units)
    .onConflictDoUpdate({
      target: [noticeAudience.noticeId, noticeAudience.unitId],
      set: { people: sql`${noticeAudience.people} + excluded.people` },
    });
}

async function move({ db }: Ctx, { noticeId, n, what }: Walk, set: Partial<Walk>): Promise<void> {
  if (Object.keys(set).length === 0) return;
  await db
    .update(noticeWalks)
    .set(set)
    .where(and(eq(noticeWalks.noticeId, noticeId), eq(noticeWalks.n, n), eq(noticeWalks.what, what)));
}
