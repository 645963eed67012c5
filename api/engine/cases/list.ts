/** Lists of cases: those of a person, and what waits for staff. Ordered and cut in SQL, so that pages fit together. */
import { and, desc, eq, inArray, isNull, lt, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../../db/connect.ts';
import { prepared } from '../../../db/prepared.ts';
import { accounts } from '../../../db/schema/access.ts';
import { cases } from '../../../db/schema/engine.ts';
import { retirees } from '../../../db/schema/registry.ts';
import { ensurePerson } from '../../access/can.ts';
import type { Person } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { notAllowed } from '../../errors.ts';
import { allServices, serviceOf } from '../catalogue.ts';
import { readCaseNumber } from '../case-number.ts';
import type { CaseRow } from '../drafts/load.ts';
import { stepText } from '../texts.ts';
import type { Service } from '../service.ts';
import { contestedLine, reportedLine, stepsToldToRetiree } from './discreet.ts';
import { isDiscreet } from './may.ts';
import { viewLine } from './lines.ts';
import type { CaseLine } from './view.ts';

const PAGE = 20;

/** A line of a list, with what it waits for and who has taken it on. */
export interface ListedCase extends CaseLine {
  waiting: string | null;
  claimedBy: { name: string | null; me: boolean } | null;
}

export interface Page {
  cases: ListedCase[];
  /** To be given as `after` for the next page; null at the end. */
  next: string | null;
}

/** What a line shows of a case, and no more: a page has twenty. */
const lineColumns = {
  id: cases.id,
  number: cases.number,
  kind: cases.kind,
  status: cases.status,
  step: cases.step,
  unitId: cases.unitId,
  subjectId: cases.subjectId,
  applicantId: cases.applicantId,
  capacity: cases.capacity,
  version: cases.version,
  claimedBy: cases.claimedBy,
  openedAt: cases.openedAt,
  dueAt: cases.dueAt,
};

const lineRows = (db: Db) =>
  db
    .select({
      row: lineColumns,
      subject: { id: retirees.id, name: retirees.name, diedOn: retirees.diedOn },
      claimer: accounts.name,
    })
    .from(cases)
    .leftJoin(retirees, eq(retirees.id, cases.subjectId))
    .leftJoin(accounts, eq(accounts.id, cases.claimedBy));

/** The actor's own cases and those of the retirees they may look after, newest first. */
export async function myCases(ctx: Ctx, after?: string): Promise<Page> {
  const { accountId, links } = ensurePerson(ctx.actor);
  const subjects = links.map((link) => link.retireeId);
  const own = links.flatMap((link) => (link.relation === 'self' ? [link.retireeId] : []));
  const reported = allServices().filter((service) => service.discreet);
  const discreet = reported.map(({ kind }) => kind);
  const mine = or(
    // What was applied for as a relative is found by the link, and gone with it.
    and(eq(cases.applicantId, accountId), ne(cases.capacity, 'relative')),
    subjects.length > 0 ? and(inArray(cases.subjectId, subjects), isFoundTrue(discreet)) : undefined,
    // The retiree is asked about what nobody has verified.
    own.length > 0 && discreet.length > 0
      ? and(inArray(cases.subjectId, own), or(...reported.map(isAskedOf)))
      : undefined,
    discreet.length > 0 ? and(eq(cases.applicantId, accountId), inArray(cases.kind, discreet)) : undefined,
  );
  const rows = await lineRows(ctx.db)
    .where(and(mine, after ? lt(cases.openedAt, new Date(after)) : undefined))
    .orderBy(desc(cases.openedAt))
    .limit(PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1]?.row.openedAt.toISOString() : null;
  return { cases: lines(ctx, rows, ownLine), next: last ?? null };
}

const isAskedOf = (service: Service): SQL | undefined =>
  and(eq(cases.kind, service.kind), eq(cases.status, 'open'), inArray(cases.step, stepsToldToRetiree(service)));

const isFoundTrue = (discreet: readonly string[]): SQL | undefined =>
  discreet.length > 0 ? or(notInArray(cases.kind, [...discreet]), eq(cases.status, 'approved')) : undefined;

/** What was only reported is shown to the retiree and to whoever reported it as each may know it. */
function ownLine(ctx: Ctx, { row, subject }: Found): CaseLine {
  const { accountId } = ensurePerson(ctx.actor);
  const service = serviceOf(row.kind);
  const line = viewLine(ctx, row, service, subject);
  if (!isDiscreet(row, service)) return line;
  if (row.applicantId !== accountId) return contestedLine(ctx, row, service, subject);
  return row.capacity === 'relative' ? line : reportedLine(ctx, line);
}

export const pendingViews = ['mine', 'nobodys', 'unit', 'below', 'overdue'] as const;
export type PendingView = (typeof pendingViews)[number];

export interface PendingFilter {
  view: PendingView;
  kind?: string | undefined;
  /** A case number, or the beginning of a name. */
  words?: string | undefined;
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

/** What waits: mine, nobody's, my unit's, everything below, what is late; by due time. @throws not-allowed for non-staff */
export async function pending(ctx: Ctx, filter: PendingFilter): Promise<Page> {
  const actor = ensurePerson(ctx.actor);
  const [post, another] = actor.posts;
  if (!post) throw notAllowed();
  const plain = filter.view === 'unit' && !another && !filter.kind && !filter.words && !filter.after;
  const rows = plain ? await firstPage(ctx.db, { unitId: post.unitId }) : await anyPage(ctx, actor, filter);
  const last = rows.length > PAGE ? rows[PAGE - 1]?.row : null;
  return { cases: lines(ctx, rows), next: last ? `${last.dueAt?.toISOString() ?? ''},${last.id}` : null };
}

function anyPage(ctx: Ctx, actor: Person, filter: PendingFilter) {
  const [afterDue, afterId] = filter.after?.split(',') ?? [];
  return lineRows(ctx.db)
    .where(
      and(
        waiting,
        scope(ctx, actor, filter.view),
        filter.kind ? eq(cases.kind, filter.kind) : undefined,
        filter.words ? matching(filter.words) : undefined,
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
      return eq(cases.claimedBy, actor.accountId);
    case 'nobodys':
      return and(inArray(cases.unitId, own), isNull(cases.claimedBy));
    case 'unit':
      return inArray(cases.unitId, own);
    case 'below':
      return inArray(cases.unitId, below());
    case 'overdue':
      return and(inArray(cases.unitId, below()), lt(cases.dueAt, ctx.clock()));
  }
}

function matching(words: string): SQL | undefined {
  const number = readCaseNumber(words);
  if (number) return eq(cases.number, number);
  return sql`starts_with(${retirees.name}, ${words.trim()})`;
}

interface Found {
  row: Pick<CaseRow, keyof typeof lineColumns>;
  subject: { id: string; name: string; diedOn: string | null } | null;
  claimer: string | null;
}

const staffLine = (ctx: Ctx, { row, subject }: Found) => viewLine(ctx, row, serviceOf(row.kind), subject);

function lines(ctx: Ctx, rows: Found[], shown: (ctx: Ctx, found: Found) => CaseLine = staffLine): ListedCase[] {
  const me = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
  return rows.slice(0, PAGE).map((found) => {
    const { row, claimer } = found;
    const line = shown(ctx, found);
    return {
      ...line,
      waiting: row.step && line.kind === row.kind ? stepText(ctx.locale, serviceOf(row.kind), row.step, 'title') : null,
      claimedBy: row.claimedBy === null ? null : { name: claimer, me: row.claimedBy === me },
    };
  });
}
