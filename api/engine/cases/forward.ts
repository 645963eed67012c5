/** 转办: the answer that chose the unit is amended to the unit it should have been; its old value is kept. */
import type { Ctx } from '../../context.ts';
import type { Unit } from '../../ports.ts';
import { stepOf } from '../catalogue.ts';
import { ownForm } from '../texts.ts';
import { showAnswer } from '../drafts/view.ts';
import type { Acting } from './acting.ts';
import { keepAnswers, OWN } from './answers.ts';

/** Amends the answer and gives what it was before, in words; the unit's name when no answer chose it. */
export async function amendForward(
  ctx: Ctx,
  { row, service, values, draft, behind: { own } }: Acting,
): Promise<string> {
  const to = values['to'] as Unit;
  const key = stepOf(service, row.step ?? '').forwards?.answer;
  const entry = service.ask.entries.find((one) => one.key === key);
  const answer = own.find((one) => one.key === key);
  if (!entry || !answer || answer.value === null) return ctx.city.units.get(row.unitId)?.name ?? '';
  const value = pointTo(answer.value, to);
  const shown = showAnswer(ctx, { service, place: ownForm, room: draft.room }, entry, value);
  const amended = own.map((one) => (one === answer ? { ...one, value, shown } : one));
  await keepAnswers(ctx, row.id, OWN, row.round + 1, amended);
  return answer.shown;
}

/** A unit answer becomes the other unit; a residence keeps its house and changes its community. */
function pointTo(value: unknown, to: Unit): unknown {
  return typeof value === 'object' ? { ...value, communityId: to.id } : to.id;
}
