/**
 * What a case's page is made of, in one query that was built once: a case is looked at more often than anything else, and a way to
 * the database costs more than what is done there.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../../db/prepared.ts';
import { retireeInside } from '../../../db/retiree-inside.ts';
import { readingRows, rowsAsJson, type JsonRow } from '../../../db/rows-as-json.ts';
import { caseAnswers, caseEvents, caseRemarks, cases, eventPayloads, files } from '../../../db/schema/engine.ts';
import { deputyRowsOf } from '../../access/duty.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import type { CaseRow } from '../drafts/load.ts';

/** No case has as many; a page stays readable whatever happened to one. */
const MOST = 200;
/** More than anybody reads before they decide. */
const MOST_EARLIER = 10;

const eventOf = readingRows(caseEvents, 'at', 'verb', 'step', 'unitId', 'accountId');
const payloadOf = readingRows(eventPayloads, 'payload');
const answersOf = readingRows(caseAnswers);
const caseOf = readingRows(cases);
const remarkOf = readingRows(caseRemarks);

/** An event of the timeline with its words and who it was. */
export interface FoundEvent {
  event: ReturnType<typeof eventOf>;
  payload: unknown;
  name: string | null;
}

export interface WholeCase {
  /** Oldest first. */
  events: FoundEvent[];
  /** All answers, oldest first. */
  answers: ReturnType<typeof answersOf>[];
  /** The names of who applied, who has it in hand, and who stands in while they are on leave. */
  applicant: string | null;
  claimed: string | null;
  deputy: string | null;
  /** The units that were told that it waits, in the order of telling. */
  told: string[];
  /** What the person asked for before, at the units that were named, newest first. */
  earlier: CaseRow[];
  /** Whom it is about, where that is a retiree: for `subjectFound`. */
  about: JsonRow | null;
  /** What staff wrote beside it, oldest first. */
  remarks: (ReturnType<typeof remarkOf> & { who: string | null })[];
}

type Found = Pick<WholeCase, 'applicant' | 'claimed' | 'deputy' | 'told' | 'about'> &
  Record<'events' | 'answers' | 'earlier' | 'remarks', JsonRow[]>;

const events = sql`
  select e.at, e.verb, e.step, e.unit_id, e.account_id, p.payload, a.name
    from case_events e
    left join event_payloads p on p.case_id = e.case_id and p.seq = e.seq
    left join accounts a on a.id = e.account_id
   where e.case_id = k.id order by e.seq limit ${sql.raw(String(MOST))}`;

const answers = sql`select a.* from case_answers a where a.case_id = k.id order by a.at limit ${sql.raw(String(MOST))}`;

// What was opened in the same moment stands in the order of the ids, which grow with time.
const earlier = sql`
  select o.* from cases o
   where o.subject_id = k.subject_id and o.unit_id = any(${sql.placeholder('below')}::text[])
     and (o.opened_at, o.id) < (k.opened_at, k.id)
   order by o.opened_at desc, o.id desc limit ${sql.raw(String(MOST_EARLIER))}`;

const remarks = sql`
  select r.*, a.name as who from case_remarks r join accounts a on a.id = r.by_id
   where r.case_id = k.id order by r.id desc limit ${sql.raw(String(MOST))}`;

const deputy = sql`
  select s.name from (${deputyRowsOf(sql`= k.claimed_by`)}) s where s.unit_id = k.unit_id limit 1`;

const told = sql`
  select e.unit_id from escalations e where e.case_id = k.id and e.round = k.round and e.told > 0 order by e.level`;

const whole = preparedSql<Found>(sql`
  select ${rowsAsJson(events)} as events, ${rowsAsJson(answers)} as answers, ${rowsAsJson(earlier)} as earlier,
         ${rowsAsJson(remarks)} as remarks, array(${told}) as told,
         ${retireeInside(sql`k.subject_id`)} as about,
         (select a.name from accounts a where a.id = k.applicant_id) as applicant,
         (select a.name from accounts a where a.id = k.claimed_by) as claimed, (${deputy}) as deputy
    from cases k where k.id = ${sql.placeholder('id')}`);

/** @param below the units of which earlier cases are looked for */
export async function wholeCase(ctx: Ctx, { id }: CaseRow, below: readonly string[] = []): Promise<WholeCase> {
  const [found] = await whole(ctx.db, { id, day: dayOf(ctx.clock()), below: `{${below.join(',')}}` });
  if (!found) throw new Error('A case is never deleted.');
  return {
    ...found,
    events: found.events.map((row) => ({
      event: eventOf(row),
      payload: payloadOf(row).payload,
      name: row['name'] as string | null,
    })),
    answers: found.answers.map(answersOf),
    earlier: found.earlier.map(caseOf),
    remarks: found.remarks.toReversed().map((row) => ({ ...remarkOf(row), who: row['who'] as string | null })),
  };
}

const pictures = preparedSql<{ id: string }>(
  sql`select ${files.id} from ${files} where ${files.id} = any(${sql.placeholder('ids')}::uuid[])`,
);

/** Those of the pictures that are kept still: they go some time after the case ended, before its answers do. */
export async function stillThere<Picture extends { id: string }>(ctx: Ctx, named: Picture[]): Promise<Picture[]> {
  if (named.length === 0) return named;
  const found = await pictures(ctx.db, { ids: `{${named.map(({ id }) => id).join(',')}}` });
  return named.filter(({ id }) => found.some((one) => one.id === id));
}
