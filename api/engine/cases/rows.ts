/** The rows that a case's page is made of, read by queries built once: they run on every look at a case. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../../db/prepared.ts';
import { accounts } from '../../../db/schema/access.ts';
import { caseAnswers, caseEvents, eventPayloads, files } from '../../../db/schema/engine.ts';
import { deputiesOf } from '../../access/duty.ts';
import type { Ctx } from '../../context.ts';
import type { CaseRow } from '../drafts/load.ts';

/** No case has as many; a page stays readable whatever happened to one. */
const MOST = 200;

const events = prepared((db) =>
  db
    .select({ event: caseEvents, payload: eventPayloads.payload, name: accounts.name })
    .from(caseEvents)
    .leftJoin(eventPayloads, and(eq(eventPayloads.caseId, caseEvents.caseId), eq(eventPayloads.seq, caseEvents.seq)))
    .leftJoin(accounts, eq(accounts.id, caseEvents.accountId))
    .where(eq(caseEvents.caseId, sql.placeholder('caseId')))
    .orderBy(asc(caseEvents.seq))
    .limit(MOST),
);

const answers = prepared((db) =>
  db
    .select()
    .from(caseAnswers)
    .where(eq(caseAnswers.caseId, sql.placeholder('caseId')))
    .orderBy(caseAnswers.at)
    .limit(MOST),
);

const names = prepared((db) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [sql.placeholder('applicant'), sql.placeholder('claimed')])),
);

/** The timeline, oldest first, with the words of each event and who it was. */
export const eventsOf = (ctx: Ctx, { id }: CaseRow) => events(ctx.db, { caseId: id });

/** All answers of a case, oldest first. */
export const allAnswers = (ctx: Ctx, { id }: CaseRow) => answers(ctx.db, { caseId: id });

const pictures = preparedSql<{ id: string }>(
  sql`select ${files.id} from ${files} where ${files.id} = any(${sql.placeholder('ids')}::uuid[])`,
);

/** Those of the pictures that are kept still: they go some time after the case ended, before its answers do. */
export async function stillThere<Picture extends { id: string }>(ctx: Ctx, named: Picture[]): Promise<Picture[]> {
  if (named.length === 0) return named;
  const found = await pictures(ctx.db, { ids: `{${named.map(({ id }) => id).join(',')}}` });
  return named.filter(({ id }) => found.some((one) => one.id === id));
}

/** The names of who applied, who has it in hand, and who stands in while they are on leave. */
export async function namesOf(
  ctx: Ctx,
  { applicantId, claimedBy, unitId }: CaseRow,
): Promise<{ applicant: string | null; claimed: string | null; deputy: string | null }> {
  if (!applicantId && !claimedBy) return { applicant: null, claimed: null, deputy: null };
  const [found, deputyOf] = await Promise.all([
    names(ctx.db, { applicant: applicantId, claimed: claimedBy }),
    deputiesOf(ctx, claimedBy ? [claimedBy] : []),
  ]);
  const nameOf = (id: string | null) => found.find((one) => one.id === id)?.name ?? null;
  const deputy = claimedBy ? deputyOf(claimedBy, unitId) : null;
  return { applicant: nameOf(applicantId), claimed: nameOf(claimedBy), deputy };
}
