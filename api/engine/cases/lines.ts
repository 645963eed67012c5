/** A line of a list of cases, and a verb as a button: the parts that every view of a case is made of. */
import { say } from '../../../locales/index.ts';
import { isActingFor } from '../../access/actor.ts';
import { can } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { asksAs } from '../asks-as.ts';
import { spokenNumber } from '../case-number.ts';
import { stepOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import { describeQuestion } from '../drafts/view.ts';
import { existing } from '../questions/unit.ts';
import type { Service } from '../service.ts';
import { nextText, ownForm, serviceKey, statusText, stepText, verbText } from '../texts.ts';
import { ownReasonsAt, verbForm } from '../verb-forms.ts';
import { goesOn, verbs, type Verb } from '../verbs.ts';
import { nameOf, type Named } from './name-of.ts';
import type { CaseLine, VerbView } from './shapes.ts';

type LineRow = Pick<
  CaseRow,
  'number' | 'kind' | 'status' | 'step' | 'unitId' | 'version' | 'openedAt' | 'dueAt' | 'subjectId' | 'named'
>;

/** Whether somebody or something is still to act at its step. */
export const isWaiting = ({ step, status }: Pick<CaseRow, 'step' | 'status'>): boolean =>
  step !== null && (status === 'open' || status === 'entering');

/** @see CaseLine */
export function viewLine(ctx: Ctx, row: LineRow, service: Service, subject: Named | null): CaseLine {
  const unit = existing(ctx.city.units.get(row.unitId), row.unitId);
  return {
    number: row.number,
    spoken: spokenNumber(row.number),
    kind: row.kind,
    title: say(ctx.locale, serviceKey(row.kind, 'title')),
    status: row.status,
    state: stateOf(ctx, row, service),
    version: row.version,
    tone: service.tone ?? null,
    subject: subject
      ? { id: subject.id, name: nameOf(ctx, subject) }
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
  return statusText(ctx.locale, service, row.status, unit);
}

/** What the service says of what comes next, at its step or after its end. */
export const nextOf = (ctx: Ctx, { step, status, unitId }: CaseRow, service: Service): string | null =>
  nextText(ctx.locale, service, step, status, ctx.city.units.get(unitId)?.name ?? '');

/** What can be printed while the case is at its step. */
export function sheetsOf(row: Pick<CaseRow, 'step' | 'status'>, service: Service): readonly string[] {
  return row.step && isWaiting(row) ? (stepOf(service, row.step).print ?? []) : [];
}

/** @see VerbView */
export function viewVerb(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service, verb: Verb): VerbView {
  const step = row.step ? stepOf(service, row.step) : null;
  const as = asksAs(ctx, row, service);
  // Whether a question applies may hang on an earlier answer; those that hang on the case alone are settled here.
  const entries =
    verb === 'resubmit'
      ? service.ask.entries
      : verbForm(service, step, verb, { as, ownReasons: ownReasonsAt(ctx, service, row.unitId, verb) });
  const place = goesOn(verb) ? ownForm : { step: row.step, verb };
  const ofStaff = ['step', 'staff', 'undoer'].includes(verbs[verb].by);
  return {
    verb,
    label: verbText(ctx.locale, service, row.step, verb, as),
    own: !ofStaff || verb === 'object' || !can(ctx.actor, 'case.staff', facts),
    questions: entries.map((entry) => describeQuestion(ctx, service.kind, place, entry)),
  };
}
