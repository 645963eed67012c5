/**
 * What stands beside a case for staff alone: what the person asked for before, and what staff tell each other about the case. A remark
 * is no part of what happened: it moves neither the version nor the clock, and goes with the words of the case.
 */
import { and, desc, eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import { accounts } from '../../../db/schema/access.ts';
import { caseRemarks, cases } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import { can, ensureCanSee, ensurePerson } from '../../access/can.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { plainLines } from '../../values/characters.ts';
import { serviceOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import { caseErased } from '../errors.ts';
import { once } from '../once.ts';
import { factsOf } from './facts.ts';
import { caseByNumber } from './find.ts';
import { viewLine } from './lines.ts';
import type { CaseDetails, EarlierCase, Remark } from './shapes.ts';

/** More than anybody reads before they decide. */
const MOST_EARLIER = 10;
/** No case has as many; a page stays readable whatever happened to one. */
const MOST_REMARKS = 200;
/** A remark is a line or two: what decides a case is said with the decision. */
export const LONGEST_REMARK = 500;

/** For whoever may read it (`case.staff-side`). */
export async function staffSideOf(ctx: Ctx, row: CaseRow): Promise<NonNullable<CaseDetails['staffSide']>> {
  const [earlier, remarks] = await Promise.all([earlierOf(ctx, row), remarksOf(ctx, row)]);
  return { earlier, remarks };
}

const earlier = prepared((db) =>
  db
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.subjectId, sql.placeholder('subjectId')),
        sql`${cases.unitId} = any(${sql.placeholder('below')}::text[])`,
        // What was opened in the same moment stands in the order of the ids, which grow with time.
        sql`(${cases.openedAt}, ${cases.id}) < (${sql.placeholder('openedAt')}::timestamptz, ${sql.placeholder('id')}::uuid)`,
      ),
    )
    .orderBy(desc(cases.openedAt), desc(cases.id))
    .limit(MOST_EARLIER),
);

/** The last ones before this that the reader may see as staff, newest first. */
async function earlierOf(ctx: Ctx, { id, subjectId, openedAt }: CaseRow): Promise<EarlierCase[]> {
  if (subjectId === null || ctx.actor.is !== 'person') return [];
  const below = [...new Set(ctx.actor.posts.flatMap((post) => ctx.city.units.within(post.unitId)))];
  const rows = await earlier(ctx.db, {
    subjectId,
    below: `{${below.join(',')}}`,
    openedAt: openedAt.toISOString(),
    id,
  });
  const seen = await Promise.all(
    rows.map(async (row) => can(ctx.actor, 'case.read', await factsOf(ctx, row, serviceOf(row.kind)))),
  );
  return rows.filter((_, at) => seen[at]).map((row) => earlierLine(ctx, row));
}

function earlierLine(ctx: Ctx, row: CaseRow): EarlierCase {
  const { number, spoken, title, state } = viewLine(ctx, row, serviceOf(row.kind), null);
  // 「您已撤回」 is said to whoever did it.
  const shown = row.status === 'withdrawn' ? say(ctx.locale, 'engine:withdrawnByThem') : state;
  return { number, spoken, title, state: shown, day: dayOf(row.openedAt) };
}

const remarks = prepared((db) =>
  db
    .select({
      id: caseRemarks.id,
      at: caseRemarks.at,
      byId: caseRemarks.byId,
      who: accounts.name,
      words: caseRemarks.words,
    })
    .from(caseRemarks)
    .innerJoin(accounts, eq(accounts.id, caseRemarks.byId))
    .where(eq(caseRemarks.caseId, sql.placeholder('caseId')))
    .orderBy(desc(caseRemarks.id))
    .limit(MOST_REMARKS),
);

async function remarksOf(ctx: Ctx, { id: caseId }: CaseRow): Promise<Remark[]> {
  const found = await remarks(ctx.db, { caseId });
  return found.toReversed().map(({ id, at, who, words }) => ({ id, at: at.toISOString(), who, words }));
}

/**
 * Writes one, as staff. Whoever says the same again, with nothing said in between, has tapped twice or sent it anew after the network
 * failed: it stands there once.
 * @throws not-signed-in, not-found, case-erased
 */
export async function addRemark(ctx: Ctx, number: string, said: string): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    // Under the lock of the case: of two taps one waits, and nothing is written to what is being erased.
    const [actor, row] = await Promise.all([freshActor(tx), caseByNumber(tx, number, 'lock')]);
    const inside = { ...tx, actor };
    const facts = await factsOf(inside, row, serviceOf(row.kind));
    ensureCanSee(actor, 'case.staff-side', { ...facts, capacity: row.capacity });
    if (row.erasedAt !== null) throw caseErased();
    const { accountId: byId } = ensurePerson(actor);
    const words = plainLines(said);
    const [last] = await remarks(inside.db, { caseId: row.id });
    if (last?.byId === byId && last.words === words) return { id: last.id };
    const id = (
      await inside.db
        .insert(caseRemarks)
        .values({ caseId: row.id, byId, words, at: ctx.clock() })
        .returning({ id: caseRemarks.id })
    )[0]?.id;
    if (!id) throw new Error('The remark was not kept.');
    return { id };
  });
}
