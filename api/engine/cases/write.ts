/** What every verb writes: its event, with what was answered, and the case's row. */
import { preparedUpdate } from '../../../db/prepared.ts';
import { cases } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import type { CaseRow } from '../drafts/load.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { notNow } from '../errors.ts';
import { keepTime } from '../kept-time.ts';
import type { Acting } from './acting.ts';
import { asAsked, keepAnswers } from './answers.ts';
import { addEvent, type EventPayload } from './event.ts';

export type Change = Partial<typeof cases.$inferInsert>;

/** Writes the event, with what was answered and what it was before. `named` is shown instead of an account's id. */
export async function note(
  ctx: Ctx,
  acting: Acting,
  status: CaseRow['status'],
  more: EventPayload = {},
  named?: string | null,
): Promise<number> {
  const { row, verb, draft, asked, behind } = acting;
  const said = asAsked(ctx, draft, asked, draft.row.answers);
  const payload = { ...more, said: said.map(({ question, shown }) => ({ question, shown: named ?? shown })) };
  const { id: caseId, step, unitId } = row;
  const seq = await addEvent(ctx, { caseId, verb, step, status, unitId, payload, after: behind.last });
  // By the event's number: a second objection in one stay at a step stands beside the first.
  if (said.length > 0 && row.step && verb !== 'rate' && verb !== 'add')
    await keepAnswers(ctx, row.id, `${row.step}:${verb}`, seq, said);
  return seq;
}

/** Changes the row. A new version means that decisions on the old one are refused. */
export async function save(
  ctx: Ctx,
  row: CaseRow,
  change: Change,
  version: 'next' | 'same-version' = 'next',
): Promise<CaseRow> {
  const anew = version === 'next' && { version: row.version + 1, claimedBy: null };
  const [after] = await write(ctx.db, row.id, { ...anew, ...change, ...timeKept(ctx, row, change) });
  if (!after) throw notNow('save');
  return after;
}

const write = preparedUpdate(cases, cases.id);

/** What the change makes of the time that the case took (`kept-time.ts`). */
function timeKept({ clock, city: { calendar } }: Ctx, row: CaseRow, change: Change): Change {
  const timed = row.step !== null && stepOf(serviceOf(row.kind), row.step).after !== undefined;
  return keepTime(row, change, { now: clock(), calendar, timed });
}
