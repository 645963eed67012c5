/** Whole records of cases, a page at a time: what somebody is given when they ask for everything that is held about them. */
import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { accounts } from '../../../db/schema/access.ts';
import {
  caseAnswers,
  caseEvents,
  cases,
  drafts,
  eventPayloads,
  files,
  receipts,
  timers,
} from '../../../db/schema/engine.ts';
import { retirees } from '../../../db/schema/registry.ts';
import type { Ctx } from '../../context.ts';
import { serviceOf } from '../catalogue.ts';
import { OWN } from './answers.ts';
import { viewLine } from './lines.ts';
import type { CaseLine, TimelineEntry } from './shapes.ts';
import { viewEvent } from './view.ts';

const PAGE = 50;

/** Whose cases: those of an account, and everything about the retirees that it sees wholly. */
export interface RecordOwner {
  accountId: string;
  /** Retirees of whom everything may be known. */
  whole: readonly string[];
  /** Retirees for whom the account may act. */
  linked: readonly string[];
}

export interface CaseRecord extends CaseLine {
  id: string;
  capacity: string;
  closedAt: string | null;
  /** What was answered, round by round. */
  answers: { round: number; at: string; answers: { question: string; shown: string; value: unknown }[] }[];
  timeline: TimelineEntry[];
  /** Pictures: each is at `/api/files/<id>` as long as one is signed in. */
  files: { id: string; question: string; mime: string; at: string }[];
  deadlines: { dueAt: string; passedAt: string | null }[];
  /** What the decisions changed in the registry. */
  changes: { effect: string; change: unknown; undoneAt: string | null }[];
  stars: number | null;
}

/** The next page of somebody's cases, in the order in which they were opened. @returns none at the end */
export async function caseRecords(ctx: Ctx, owner: RecordOwner, after: string | null): Promise<CaseRecord[]> {
  const rows = await ctx.db
    .select({ row: cases, subject: { id: retirees.id, name: retirees.name } })
    .from(cases)
    .leftJoin(retirees, eq(retirees.id, cases.subjectId))
    .where(and(isOf(owner), after ? gt(cases.id, after) : undefined))
    .orderBy(asc(cases.id))
    .limit(PAGE);
  const ids = rows.map(({ row }) => row.id);
  if (ids.length === 0) return [];
  const [answers, events, pictures, deadlines, changes] = await Promise.all([
    answersOf(ctx, ids),
    eventsOf(ctx, ids),
    picturesOf(ctx, ids, owner),
    ctx.db.select().from(timers).where(inArray(timers.caseId, ids)).orderBy(asc(timers.n)),
    ctx.db.select().from(receipts).where(inArray(receipts.caseId, ids)).orderBy(asc(receipts.n)),
  ]);
  return rows.map(({ row, subject }) => {
    const service = serviceOf(row.kind);
    const of = <T extends { caseId: string | null }>(list: T[]) => list.filter(({ caseId }) => caseId === row.id);
    // Somebody reported is not the reporter: what was changed about them is not the reporter's to have.
    const isWhole = row.subjectId !== null && owner.whole.includes(row.subjectId);
    return {
      id: row.id,
      ...viewLine(ctx, row, service, subject),
      capacity: row.capacity,
      closedAt: row.closedAt?.toISOString() ?? null,
      answers: of(answers).map((one) => ({
        round: one.round,
        at: one.at.toISOString(),
        answers: one.answers.map(({ question, shown, value }) => ({ question, shown, value })),
      })),
      timeline: events
        .filter(({ event }) => event.caseId === row.id)
        .map((event) => viewEvent(ctx, service, event, false)),
      files: of(pictures).map(({ id, question, mime, at }) => ({ id, question, mime, at: at.toISOString() })),
      deadlines: of(deadlines).map(({ dueAt, firedAt }) => ({
        dueAt: dueAt.toISOString(),
        passedAt: firedAt?.toISOString() ?? null,
      })),
      changes: isWhole
        ? of(changes).map(({ effect, receipt, undoneAt }) => ({
            effect,
            change: receipt,
            undoneAt: undoneAt?.toISOString() ?? null,
          }))
        : [],
      stars: row.stars,
    };
  });
}

/** What was applied for as a relative is found by the link, and gone with it. */
const isOf = ({ accountId, whole, linked }: RecordOwner) =>
  or(
    and(
      eq(cases.applicantId, accountId),
      or(ne(cases.capacity, 'relative'), linked.length > 0 ? inArray(cases.subjectId, [...linked]) : undefined),
    ),
    whole.length > 0 ? inArray(cases.subjectId, [...whole]) : undefined,
  );

const answersOf = (ctx: Ctx, ids: string[]) =>
  ctx.db
    .select()
    .from(caseAnswers)
    .where(and(inArray(caseAnswers.caseId, ids), eq(caseAnswers.step, OWN)))
    .orderBy(asc(caseAnswers.round));

const eventsOf = (ctx: Ctx, ids: string[]) =>
  ctx.db
    .select({ event: caseEvents, payload: eventPayloads.payload, name: accounts.name })
    .from(caseEvents)
    .leftJoin(eventPayloads, and(eq(eventPayloads.caseId, caseEvents.caseId), eq(eventPayloads.seq, caseEvents.seq)))
    .leftJoin(accounts, eq(accounts.id, caseEvents.accountId))
    .where(inArray(caseEvents.caseId, ids))
    .orderBy(asc(caseEvents.caseId), asc(caseEvents.seq));

/** Pictures of the application and its resubmissions, and one's own; not those of staff or of another reporter. */
const picturesOf = (ctx: Ctx, ids: string[], { accountId }: RecordOwner) =>
  ctx.db
    .select({
      id: files.id,
      question: files.question,
      mime: files.mime,
      at: files.createdAt,
      caseId: sql<string>`${cases.id}`,
    })
    .from(cases)
    .innerJoin(drafts, or(eq(cases.draftId, drafts.id), eq(drafts.caseId, cases.id)))
    .innerJoin(files, eq(files.draftId, drafts.id))
    .where(
      and(
        inArray(cases.id, ids),
        or(eq(cases.draftId, drafts.id), eq(drafts.verb, 'resubmit'), eq(drafts.accountId, accountId)),
      ),
    )
    .orderBy(asc(files.id));

/** Cases of an account or about a retiree that are still being done, for whoever is about to leave. */
export async function openCasesOf(ctx: Ctx, owner: RecordOwner): Promise<CaseLine[]> {
  const rows = await ctx.db
    .select({ row: cases, subject: { id: retirees.id, name: retirees.name } })
    .from(cases)
    .leftJoin(retirees, eq(retirees.id, cases.subjectId))
    .where(and(isOf(owner), isNull(cases.closedAt), inArray(cases.status, ['open', 'returned', 'entering'])))
    .orderBy(asc(cases.id))
    .limit(PAGE);
  return rows.map(({ row, subject }) => viewLine(ctx, row, serviceOf(row.kind), subject));
}
