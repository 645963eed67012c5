/** What stands behind a case when a verb is used on it: read in one query, under the lock of its row. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../../db/prepared.ts';
import { retireeInside } from '../../../db/retiree-inside.ts';
import { readingRows, rowsAsJson, type JsonRow } from '../../../db/rows-as-json.ts';
import { caseAnswers, caseEvents, receipts, type AskedAnswer } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import type { CaseRow } from '../drafts/load.ts';
import { OWN } from './answers.ts';
import type { ReceiptRow } from './effects.ts';
import type { LastEvent } from './event.ts';

export interface Behind {
  /** Whom it is about, where that is a retiree: for `subjectFound`. */
  about: JsonRow | null;
  /** The newest answers to the service's own questions. */
  own: readonly AskedAnswer[];
  /** What it did and was not taken back, newest first. */
  receipts: readonly ReceiptRow[];
  /** The end of its timeline. */
  last: LastEvent;
}

type Found = Pick<Behind, 'about'> & Record<'own' | 'receipts' | 'last', JsonRow[]>;

const own = sql`
  select a.answers from case_answers a where a.case_id = k.id and a.step = ${OWN} order by a.round desc limit 1`;
const live = sql`select r.* from receipts r where r.case_id = k.id and r.undone_at is null order by r.n desc`;
const last = sql`select e.seq, e.hash from case_events e where e.case_id = k.id order by e.seq desc limit 1`;

const read = preparedSql<Found>(sql`
  select ${retireeInside(sql`k.subject_id`)} as about, ${rowsAsJson(own)} as own, ${rowsAsJson(live)} as receipts,
         ${rowsAsJson(last)} as last
    from cases k where k.id = ${sql.placeholder('id')}`);

const answersOf = readingRows(caseAnswers, 'answers');
const receiptOf = readingRows(receipts);
const eventOf = readingRows(caseEvents, 'seq', 'hash');

/** @see Behind */
export async function readBehind(ctx: Ctx, { id }: CaseRow): Promise<Behind> {
  const [found] = await read(ctx.db, { id });
  const [event] = found?.last ?? [];
  if (!found || !event) throw new Error('A case is never deleted, nor its first event.');
  const [answered] = found.own;
  return {
    about: found.about,
    own: answered ? answersOf(answered).answers : [],
    receipts: found.receipts.map(receiptOf),
    last: eventOf(event),
  };
}
