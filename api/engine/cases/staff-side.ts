/**
 * What stands beside a case for staff alone: what the person asked for before, and what staff tell each other about the case. A remark
 * is no part of what happened: it moves neither the version nor the clock, and goes with the words of the case.
 */
import { desc, eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import { caseRemarks } from '../../../db/schema/engine.ts';
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
import type { WholeCase } from './rows.ts';
import type { CaseDetails, EarlierCase } from './shapes.ts';

/** A remark is a line or two: what decides a case is said with the decision. */
export const LONGEST_REMARK = 500;

/** The units whose cases the reader may see as staff. */
export function unitsBelow({ actor, city }: Ctx): string[] {
  if (actor.is !== 'person') return [];
  return [...new Set(actor.posts.flatMap((post) => city.units.within(post.unitId)))];
}

/** For whoever may read it (`case.staff-side`). */
export async function staffSide(
  ctx: Ctx,
  { earlier, remarks }: Pick<WholeCase, 'earlier' | 'remarks'>,
): Promise<NonNullable<CaseDetails['staffSide']>> {
  const seen = await Promise.all(
    earlier.map(async (row) => can(ctx.actor, 'case.read', await factsOf(ctx, row, serviceOf(row.kind)))),
  );
  return {
    earlier: earlier.filter((_, at) => seen[at]).map((row) => earlierLine(ctx, row)),
    remarks: remarks.map(({ id, at, who, words }) => ({ id, at: at.toISOString(), who, words })),
  };
}

function earlierLine(ctx: Ctx, row: CaseRow): EarlierCase {
  const { number, spoken, title, state } = viewLine(ctx, row, serviceOf(row.kind), null);
  // 「您已撤回」 is said to whoever did it.
  const shown = row.status === 'withdrawn' ? say(ctx.locale, 'engine:withdrawnByThem') : state;
  return { number, spoken, title, state: shown, day: dayOf(row.openedAt) };
}

const newest = prepared((db) =>
  db
    .select({ id: caseRemarks.id, byId: caseRemarks.byId, words: caseRemarks.words })
    .from(caseRemarks)
    .where(eq(caseRemarks.caseId, sql.placeholder('caseId')))
    .orderBy(desc(caseRemarks.id))
    .limit(1),
);

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
    const [last] = await newest(inside.db, { caseId: row.id });
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
