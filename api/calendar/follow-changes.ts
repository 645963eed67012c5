/**
 * Lets the deadlines of open cases follow the calendar. A page is one transaction that also writes how far it came, so it may stop
 * anywhere and goes on there; somebody whose case is due sooner is told once, nobody else is told anything.
 */
import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { logins } from '../../db/schema/access.ts';
import { calendarChanges } from '../../db/schema/calendar.ts';
import { whoIsThere } from '../access/duty.ts';
import type { Ctx } from '../context.ts';
import type { NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { movePage } from '../engine/cases/move-deadlines.ts';
import { loadCalendar } from '../registry/calendar.ts';
import { CALENDAR_LOCK } from './days.ts';

/** Half a million cases a minute; what is left is done by the next sweep. */
const MOST_PAGES = 1000;

/** Goes on until nothing is left to move, or the pages are used up. @returns how many cases and timers moved */
export async function followChanges(ctx: Ctx, pages = MOST_PAGES): Promise<number> {
  let moved = 0;
  for (let left = pages; left > 0; left -= 1) {
    const page = await ctx.db.transaction((tx) => followOn({ ...ctx, db: tx }));
    if (page === null) break;
    moved += page.moved;
    if (page.rest) break;
  }
  return moved;
}

/**
 * One page for the newest change, which stands for those before it; null when the deadlines have followed them all. `rest`: what is
 * left is in somebody's hands, and free again at the next sweep.
 */
async function followOn(ctx: Ctx): Promise<{ moved: number; rest: boolean } | null> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(${CALENDAR_LOCK})`);
  const [change] = await ctx.db
    .select()
    .from(calendarChanges)
    .where(isNull(calendarChanges.doneAt))
    .orderBy(desc(calendarChanges.id))
    .limit(1);
  if (!change) return null;
  const page = await movePage(ctx, await loadCalendar(ctx.db), change.reached);
  const hurried = await whoIsThere(ctx, page.hurried);
  const chats = await withChat(ctx, hurried);
  await enqueue(
    ctx,
    hurried.map((accountId) => dueSooner(change.id, accountId, chats.has(accountId))),
  );
  const passedOver = change.passedOver || page.passedOver;
  const isEnd = page.last === null;
  const moved = sql`${calendarChanges.moved} + ${page.moved}`;
  const then = isEnd ? { reached: null, passedOver: false } : { reached: page.last, passedOver };
  await ctx.db
    .update(calendarChanges)
    .set({ ...then, moved })
    .where(eq(calendarChanges.id, change.id));
  if (isEnd && !passedOver) await finish(ctx, change.id);
  return { moved: page.moved, rest: isEnd && passedOver };
}

async function finish({ db, clock }: Ctx, id: string): Promise<void> {
  await db
    .update(calendarChanges)
    .set({ doneAt: clock() })
    .where(and(isNull(calendarChanges.doneAt), lte(calendarChanges.id, id)));
}

async function withChat({ db }: Ctx, accountIds: string[]): Promise<ReadonlySet<string>> {
  if (accountIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ accountId: logins.accountId })
    .from(logins)
    .where(and(inArray(logins.accountId, accountIds), eq(logins.kind, 'telegram'), isNull(logins.blockedAt)));
  return new Set(rows.map(({ accountId }) => accountId));
}

/** However many of their cases are due sooner, it is one message. */
function dueSooner(changeId: string, accountId: string, hasChat: boolean): NewMessage {
  return {
    to: { accountId },
    form: 'notice',
    template: 'digest.sooner',
    params: {},
    // Staff without a chat find it in their list: no text message is sent for it.
    alreadySaid: !hasChat,
    onceKey: `due-sooner:${changeId}:${accountId}`,
    quiet: true,
  };
}

/**
 * Reckons every open case, whatever changed: at night, for what slipped in by a calendar read a moment too early, and for years that
 * came with a new version. Nobody is told. @returns how many cases and timers moved
 */
export async function reckonAll(ctx: Ctx): Promise<number> {
  let moved = 0;
  for (let after: string | null = null; ;) {
    const page = await ctx.db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${CALENDAR_LOCK})`);
      return movePage({ ...ctx, db: tx }, await loadCalendar(tx), after);
    });
    moved += page.moved;
    if (page.last === null) return moved;
    after = page.last;
  }
}
