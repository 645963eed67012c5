/** What waits for staff, by due time: narrowed, ordered and cut in SQL, so that pages fit together. */
import { and, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import type { KeptFlag } from '../../../db/schema/care.ts';
import { cases } from '../../../db/schema/engine.ts';
import type { Person } from '../../access/actor.ts';
import { ensureCan, ensurePerson } from '../../access/can.ts';
import { heldFor } from '../../access/duty.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { staffedSteps } from '../catalogue.ts';
import { lineRows, lines, PAGE, type Page } from './list.ts';
import { recordFiltered, whoseFlagsAreRead, withFlag } from './by-flag.ts';
import { matching } from './matching.ts';

export const pendingViews = ['mine', 'nobodys', 'unit', 'below', 'overdue'] as const;
export type PendingView = (typeof pendingViews)[number];

export interface PendingFilter {
  view: PendingView;
  kind?: string | undefined;
  /** A case number, the beginning of a name or its pinyin, or the last four digits of the phone. */
  words?: string | undefined;
  /** Only people with a special-care flag that the reader may see: any, or this one. */
  flagged?: 'any' | KeptFlag | undefined;
  /** `due time,id` of the last line seen. */
  after?: string | undefined;
}

const waiting = sql`${cases.status} in ('open', 'entering')`;

/** The list that most clerks look at all day. */
const firstPage = prepared((db) =>
  lineRows(db)
    .where(and(waiting, eq(cases.unitId, sql.placeholder('unitId'))))
    .orderBy(cases.dueAt, cases.id)
    .limit(PAGE + 1),
);

/**
 * What waits: mine, nobody's, my unit's, everything below, what is late; by due time. Narrowed by one flag, it is written down of
 * everybody it shows who read that of them.
 * @throws not-allowed for non-staff, too-many-flagged
 */
export async function pending(ctx: Ctx, filter: PendingFilter): Promise<Page> {
  ensureCan(ctx.actor, 'pending.read', null);
  const actor = ensurePerson(ctx.actor);
  const [post, another] = actor.posts;
  const { kind, words, flagged, after } = filter;
  const isPlain = post && filter.view === 'unit' && !another && !kind && !words && !flagged && !after;
  const rows = isPlain ? await firstPage(ctx.db, { unitId: post.unitId }) : await anyPage(ctx, actor, filter);
  const last = rows.length > PAGE ? rows[PAGE - 1]?.row : null;
  if (flagged && flagged !== 'any')
    await recordFiltered(
      ctx,
      rows.slice(0, PAGE).map(({ row }) => row.subjectId),
    );
  return { cases: await lines(ctx, rows), next: last ? `${last.dueAt?.toISOString() ?? ''},${last.id}` : null };
}

async function anyPage(ctx: Ctx, actor: Person, { view, kind, words, flagged, after }: PendingFilter) {
  const [afterDue, afterId] = after?.split(',') ?? [];
  const narrowed = and(
    waiting,
    scope(ctx, actor, view),
    kind ? eq(cases.kind, kind) : undefined,
    words ? matching(words) : undefined,
    flagged ? whoseFlagsAreRead(ctx, actor) : undefined,
  );
  return lineRows(ctx.db)
    .where(
      and(
        narrowed,
        flagged && flagged !== 'any' ? inArray(cases.subjectId, await withFlag(ctx, narrowed, flagged)) : undefined,
        afterDue && afterId
          ? sql`(${cases.dueAt}, ${cases.id}) > (${afterDue}::timestamptz, ${afterId}::uuid)`
          : undefined,
      ),
    )
    .orderBy(cases.dueAt, cases.id)
    .limit(PAGE + 1);
}

/** The cases of a view, as a condition on `cases`. */
export function scope(ctx: Ctx, actor: Person, view: PendingView): SQL | undefined {
  const own = actor.posts.map((post) => post.unitId);
  const below = () => [...new Set(own.flatMap((id) => ctx.city.units.within(id)))];
  switch (view) {
    case 'mine':
      // What somebody has in hand for whom the reader stands in is theirs to do. As an array, which is looked up once.
      return or(
        eq(cases.claimedBy, actor.accountId),
        sql`${cases.id} = any(array(${heldFor(actor.accountId, dayOf(ctx.clock()))}))`,
      );
    case 'nobodys':
      // What waits for a relative or for the clock is nothing to take on; it stands in the unit's list.
      return and(
        inArray(cases.unitId, own),
        isNull(cases.claimedBy),
        sql`${cases.kind} || ' ' || ${cases.step} = any(${staffedSteps()}::text[])`,
      );
    case 'unit':
      return inArray(cases.unitId, own);
    case 'below':
      return inArray(cases.unitId, below());
    case 'overdue':
      return and(inArray(cases.unitId, below()), lt(cases.dueAt, ctx.clock()));
  }
}
