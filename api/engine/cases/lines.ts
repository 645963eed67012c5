/** A line of a list of cases, and a verb as a button: the parts that every view of a case is made of. */
import { say } from '../../../locales/index.ts';
import { isActingFor } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { asksAs } from '../asks-as.ts';
import { spokenNumber } from '../case-number.ts';
import { stepOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import { describeQuestion } from '../drafts/view.ts';
import { existing } from '../questions/unit.ts';
import type { Service } from '../service.ts';
import { serviceKey, stepText, verbText } from '../texts.ts';
import { verbForm } from '../verb-forms.ts';
import type { Verb } from '../verbs.ts';
import type { CaseLine, VerbView } from './view.ts';

type LineRow = Pick<
  CaseRow,
  'number' | 'kind' | 'status' | 'step' | 'unitId' | 'version' | 'openedAt' | 'dueAt' | 'subjectId' | 'named'
>;

/** Whether somebody or something is still to act at its step. */
export const isWaiting = ({ step, status }: Pick<CaseRow, 'step' | 'status'>): boolean =>
  step !== null && (status === 'open' || status === 'entering');

/** @see CaseLine */
export function viewLine(
  ctx: Ctx,
  row: LineRow,
  service: Service,
  subject: { id: string | null; name: string } | null,
): CaseLine {
  const unit = existing(ctx.city.units.get(row.unitId), row.unitId);
  return {
    number: row.number,
    spoken: spokenNumber(row.number),
    kind: row.kind,
    title: say(ctx.locale, serviceKey(row.kind, 'title')),
    status: row.status,
    state: stateOf(ctx, row, service),
    version: row.version,
    subject: subject
      ? { id: subject.id, name: subject.name }
      : row.named === null
        ? null
        : { id: null, name: row.named },
    actsFor: isActingFor(ctx.actor, row.subjectId),
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    openedAt: row.openedAt.toISOString(),
    due: row.dueAt && dayOf(row.dueAt),
    overdue: row.dueAt !== null && row.dueAt < ctx.clock(),
  };
}

/** What is happening now: the step's own words while it waits, else the end that it came to. */
function stateOf(ctx: Ctx, row: LineRow, service: Service): string {
  const unit = ctx.city.units.get(row.unitId)?.name ?? '';
  if (isWaiting(row) && row.step) return stepText(ctx.locale, service, row.step, 'waiting', unit);
  return say(ctx.locale, `engine:statuses.${row.status}`, { unit });
}

/** What can be printed while the case is at its step. */
export function sheetsOf(row: Pick<CaseRow, 'step' | 'status'>, service: Service): readonly string[] {
  return row.step && isWaiting(row) ? (stepOf(service, row.step).print ?? []) : [];
}

/** @see VerbView */
export function viewVerb(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): VerbView {
  const step = row.step ? stepOf(service, row.step) : null;
  const as = asksAs(ctx, row, service);
  // Whether a question applies may hang on an earlier answer; those that hang on the case alone are settled here.
  const entries = verb === 'resubmit' ? service.ask.entries : verbForm(service, step, verb, as);
  const place = verb === 'resubmit' ? { step: null, verb: null } : { step: row.step, verb };
  return {
    verb,
    label: verbText(ctx.locale, service, row.step, verb, as),
    questions: entries.map((entry) => describeQuestion(ctx, service.kind, place, entry)),
  };
}
