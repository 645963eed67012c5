/** Lists of cases, and those of a person. Ordered and cut in SQL, so that pages fit together. `pending.ts` has what waits for staff. */
import { and, desc, eq, inArray, isNull, lt, ne, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../db/connect.ts';
import { accounts } from '../../../db/schema/access.ts';
import { caseParties, cases } from '../../../db/schema/engine.ts';
import { retirees } from '../../../db/schema/registry.ts';
import { ensurePerson } from '../../access/can.ts';
import { deputiesOf } from '../../access/duty.ts';
import type { Ctx } from '../../context.ts';
import { allServices, isTogether, serviceOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Service } from '../service.ts';
import { stepText } from '../texts.ts';
import { contestedLine, reportedLine, stepsToldToRetiree } from './discreet.ts';
import { isDiscreet } from './facts.ts';
import { followLine, namesSaid } from './follow.ts';
import { viewLine } from './lines.ts';
import { caseLine, claimedBy } from './shapes.ts';

export const PAGE = 20;

/** A line of a list, with what it waits for and who has taken it on. */
const listedCase = caseLine.extend({
  waiting: z.string().nullable(),
  claimedBy: claimedBy.nullable(),
  /** Whether the reader's unit may decide it at once with others alike (`Move.together`); the preview says whether it is theirs now. */
  together: z.boolean(),
});
export type ListedCase = z.infer<typeof listedCase>;

export const caseList = z.object({
  cases: z.array(listedCase),
  /** To be given as `after` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type Page = z.infer<typeof caseList>;

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
  named: cases.named,
  capacity: cases.capacity,
  version: cases.version,
  claimedBy: cases.claimedBy,
  openedAt: cases.openedAt,
  dueAt: cases.dueAt,
};

export const lineRows = (db: Db) =>
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
  const idsOf = (own: boolean) => links.filter((one) => (one.relation === 'self') === own).map((one) => one.retireeId);
  const [own, others] = [idsOf(true), idsOf(false)];
  const reported = allServices().filter((service) => service.discreet);
  const isFoundTrue = or(notInArray(cases.kind, kindsOf(reported)), eq(cases.status, 'approved'));
  const mine = or(
    // What was applied for by right of a link is found by the link, and gone with it.
    and(
      eq(cases.applicantId, accountId),
      or(
        notInArray(cases.capacity, ['self', 'relative']),
        isNull(cases.subjectId),
        inArray(cases.kind, kindsOf(reported)),
      ),
    ),
    // The retiree is asked about what nobody has verified.
    own.length > 0 ? and(inArray(cases.subjectId, own), or(isFoundTrue, ...reported.map(isAskedOf))) : undefined,
    // What somebody asks of a retiree is not for their relatives.
    others.length > 0 ? and(inArray(cases.subjectId, others), ne(cases.capacity, 'asker'), isFoundTrue) : undefined,
    // As an array, which is looked up once: with a subquery PostgreSQL would walk all cases.
    sql`${cases.id} = any(array(select ${caseParties.caseId} from ${caseParties} where ${caseParties.accountId} = ${accountId}))`,
  );
  const rows = await lineRows(ctx.db)
    .where(and(mine, after ? lt(cases.openedAt, new Date(after)) : undefined))
    .orderBy(desc(cases.openedAt))
    .limit(PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1]?.row.openedAt.toISOString() : null;
  return { cases: await ownLines(ctx, rows), next: last ?? null };
}

const kindsOf = (services: readonly Service[]): string[] => services.map(({ kind }) => kind);

const isAskedOf = (service: Service): SQL | undefined =>
  and(eq(cases.kind, service.kind), eq(cases.status, 'open'), inArray(cases.step, stepsToldToRetiree(service)));

interface Found {
  row: Pick<CaseRow, keyof typeof lineColumns>;
  subject: { id: string; name: string; diedOn: string | null } | null;
  claimer: string | null;
}

/** What a line leaves out for those who are not staff of the case. */
const unseen = { waiting: null, claimedBy: null, together: false };

/** Lines of a person's own list: what they only follow says no more than they know. */
async function ownLines(ctx: Ctx, rows: Found[]): Promise<ListedCase[]> {
  const { accountId, links } = ensurePerson(ctx.actor);
  const isOwn = (id: string | null) => links.some((link) => link.relation === 'self' && link.retireeId === id);
  const isFollowed = ({ row }: Found) => {
    const service = serviceOf(row.kind);
    if (service.subject === 'named') return row.applicantId === accountId;
    if (isDiscreet(row, service)) return row.applicantId !== accountId && !isOwn(row.subjectId);
    return row.applicantId !== accountId && !links.some((link) => link.retireeId === row.subjectId);
  };
  const names = await namesSaid(
    ctx,
    rows.filter(isFollowed).map(({ row }) => row),
  );
  return rows.slice(0, PAGE).map((found) => {
    const { row } = found;
    const name = names.get(row.id);
    if (name === undefined) return ownLine(ctx, found);
    return { ...followLine(ctx, row, serviceOf(row.kind), name), ...unseen };
  });
}

/** What was only reported is shown to the retiree and to whoever reported it as each may know it. */
function ownLine(ctx: Ctx, found: Found): ListedCase {
  const { row, subject } = found;
  const { accountId } = ensurePerson(ctx.actor);
  const service = serviceOf(row.kind);
  const line = lineOf(ctx, found);
  if (!isDiscreet(row, service)) return line;
  if (row.applicantId !== accountId) return { ...contestedLine(ctx, row, service, subject), ...unseen };
  return { ...(row.capacity === 'relative' ? line : reportedLine(ctx, line)), ...unseen };
}

/** Lines for staff. */
export async function lines(ctx: Ctx, rows: Found[]): Promise<ListedCase[]> {
  const deputyOf = await deputiesOf(
    ctx,
    rows.flatMap(({ row }) => row.claimedBy ?? []),
  );
  return rows.slice(0, PAGE).map((found) => lineOf(ctx, found, deputyOf));
}

function lineOf(
  ctx: Ctx,
  { row, subject, claimer }: Found,
  deputyOf: (accountId: string, unitId: string) => string | null = () => null,
): ListedCase {
  const { accountId: me, posts } = ensurePerson(ctx.actor);
  const service = serviceOf(row.kind);
  const claimed = row.claimedBy;
  return {
    ...viewLine(ctx, row, service, subject),
    waiting: row.step && stepText(ctx.locale, service, row.step, 'title'),
    claimedBy: claimed === null ? null : { name: claimer, me: claimed === me, deputy: deputyOf(claimed, row.unitId) },
    together: isTogether(row, service) && posts.some(({ unitId }) => unitId === row.unitId),
  };
}
