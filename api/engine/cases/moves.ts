/** The verbs that move a case: they change where it stands, run its effects, and tell everybody. */
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { stepOf } from '../catalogue.ts';
import { recordConsents } from '../consents.ts';
import { deadline, workingDaysLeft } from '../deadline.ts';
import { badAnswer, notNow } from '../errors.ts';
import type { CaseRow } from '../drafts/load.ts';
import { quote } from '../../../locales/quote.ts';
import { missingLines, tellMoved } from '../notices.ts';
import type { NamedPerson } from '../questions/person.ts';
import type { AnyStep, Service, AnySubject } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { plain, type Part } from '../../delivery/message.ts';
import { caseView } from './about.ts';
import type { Acting } from './acting.ts';
import { asAsked, asValues, keepAnswers, ownAnswers, OWN } from './answers.ts';
import { runEffects, undoEffects } from './effects.ts';
import { addEvent } from './event.ts';
import { amendForward } from './forward.ts';
import { ensureChecked, ensureMust } from './must.ts';
import { findNamed } from './named.ts';
import { carryTimer, enterStep, setTimer, type Entered } from './step.ts';
import { note, save, type Change } from './write.ts';

/** Carries out a verb that moves the case. */
export async function moves(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  switch (acting.verb) {
    case 'return':
      return acting.row.step && stepOf(acting.service, acting.row.step).on.return?.to !== 'here'
        ? byStep(ctx, acting)
        : giveBack(ctx, acting);
    case 'forward':
      return forward(ctx, acting);
    case 'withdraw':
      return end(ctx, acting, 'withdrawn');
    case 'undo':
      return undo(ctx, acting);
    case 'resubmit':
      return resubmit(ctx, acting);
    default:
      return byStep(ctx, acting);
  }
}

/** What the step's `on` says: effects, then the next step or the end. */
async function byStep(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  const { service, verb, values } = acting;
  const move = stepOf(service, acting.row.step ?? '').on[verb as 'approve'];
  if (!move) throw notNow(verb);
  const subject = await identify(ctx, acting);
  const row = { ...acting.row, subjectId: subject?.id ?? acting.row.subjectId };
  const { own, receipts } = acting.behind;
  const answers = asValues(service.ask.entries, own, acting.draft.room);
  const facts = { subject, answers, units: ctx.city.units };
  const next = isStepOf(service, move.to)
    ? keepingClock(service, row, enterStep(ctx, service, move.to, facts, ctx.city.units.get(row.unitId)))
    : null;
  const seq = await note(
    ctx,
    acting,
    next?.status ?? (move.to === 'here' ? row.status : (move.to as CaseRow['status'])),
  );
  const effects = move.do?.(caseView(ctx, row, { subject, answers, step: values, receipts }) as never) ?? [];
  // A refusal releases what earlier steps reserved.
  if (move.to === 'rejected') await undoEffects(ctx, row);
  const newcomer = await runEffects(ctx, row, seq, effects);
  const about = newcomer === null ? row : { ...row, subjectId: newcomer };
  const after = await save(ctx, about, changeBy(ctx, about, move.to, next));
  if (next) await wind(ctx, row, after, stepOf(service, next.step));
  const told = newcomer === null ? subject : await loadSubject(ctx, service.subject, newcomer);
  const parts = verb === 'return' ? whatIsMissing(service, values) : {};
  await tellMoved(ctx, { row: after, service, subject: told }, verb, parts);
  return after;
}

/** A step may go on with the clock of the one before: then its end does not tell that anything was decided. */
function keepingClock(service: Service, row: CaseRow, entered: Entered): Change & Pick<Entered, 'step' | 'status'> {
  if (!stepOf(service, entered.step).keepsClock) return entered;
  const { dueAt, clockFrom, clockDays } = row;
  return { ...entered, dueAt, clockFrom, clockDays };
}

/** Sets the timer of the step just entered, or lets the one before go on. */
async function wind(ctx: Ctx, before: CaseRow, after: CaseRow, step: AnyStep): Promise<void> {
  if (step.keepsClock) await carryTimer(ctx, after.id, before.round, after.round);
  else await setTimer(ctx, after.id, after.round, step);
}

const isStepOf = (service: Service, to: string): boolean => to in service.steps;

/** What a move makes of the row. Whatever stays `here` (an objection noted) keeps its step, clock, timer and clerk. */
function changeBy(ctx: Ctx, row: CaseRow, to: string, next: Change | null): Change {
  const { subjectId } = row;
  if (next) return { ...next, subjectId, round: row.round + 1 };
  if (to === 'here') return { subjectId, claimedBy: row.claimedBy };
  const status = to as CaseRow['status'];
  return { status, subjectId, step: null, dueAt: null, closedAt: ctx.clock(), round: row.round + 1 };
}

/** Who was reported, once staff have said who it is. @throws bad-answer when the registry has no such person */
async function identify(ctx: Ctx, { row, service, subject, verb, values }: Acting): Promise<AnySubject | null> {
  const key = verb === 'approve' && row.step ? stepOf(service, row.step).identifies : undefined;
  const named = key && (values[key] as NamedPerson | null);
  if (!named) return subject;
  const found = await findNamed(ctx, named);
  if (found) return found;
  throw badAnswer(key, { code: 'no-such-retiree' }, say(ctx.locale, 'questions:complaints.no-such-retiree'));
}

/** 退回补正: everything missing at once; the clock stops until it is sent again. */
async function giveBack(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  const { row, service, subject, values } = acting;
  await note(ctx, acting, 'returned');
  const left =
    row.clockFrom && row.clockDays
      ? workingDaysLeft(row.clockFrom, row.clockDays, ctx.clock(), ctx.city.calendar)
      : null;
  const after = await save(ctx, row, {
    status: 'returned',
    returns: row.returns + 1,
    dueAt: null,
    clockFrom: null,
    clockDays: left,
  });
  await tellMoved(ctx, { row: after, service, subject }, 'return', whatIsMissing(service, values));
  return after;
}

/** What a return asks for, as its notice says it. */
function whatIsMissing(service: Service, values: Record<string, unknown>): Record<string, Part> {
  const words = (values['words'] ?? values['otherWords'] ?? '') as string;
  return { missing: missingLines(service, values['missing'] as string[]), words: plain(quote(words) ?? '') };
}

/** The case comes back with better answers: the step begins again, with the working days that were left. */
async function resubmit(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  const { row, service, subject, values, draft, asked, behind } = acting;
  ensureMust(ctx, service, subject, values);
  await ensureChecked(ctx, service, subject, values);
  const entered = await enterAgain(ctx, acting);
  const now = ctx.clock();
  const days = row.clockDays ?? entered.clockDays;
  const said = asAsked(ctx, draft, asked, draft.row.answers);
  await keepAnswers(ctx, row.id, OWN, row.round + 1, said);
  // What was only carried over says nothing about today: it may have been withdrawn since.
  const changed = said.filter(({ key, value }) => behind.own.find((one) => one.key === key)?.value !== value);
  const accountId = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
  await recordConsents(ctx, { ...draft.row, accountId }, service.ask.entries, changed);
  await addEvent(ctx, {
    caseId: row.id,
    verb: 'resubmit',
    step: row.step,
    status: 'open',
    unitId: row.unitId,
    payload: { capacity: draft.row.capacity },
    after: behind.last,
  });
  const clock = { dueAt: deadline(now, days, ctx.city.calendar), clockFrom: now, clockDays: days };
  const named = nameOf(ctx, acting);
  const after = await save(ctx, row, { ...entered, ...clock, ...(named && { named }), round: row.round + 1 });
  await setTimer(ctx, row.id, after.round, stepOf(service, entered.step), days);
  await tellMoved(ctx, { row: after, service, subject }, 'resubmit');
  return after;
}

/** What a newcomer is called in the better answers. */
function nameOf({ city: { units } }: Ctx, { service, subject, values }: Acting): string | undefined {
  if (service.subject !== 'newcomer' || subject) return undefined;
  return service.open.about?.({ subject, answers: values, units } as never)?.name;
}

/** The step as the new answers have it. A unit that staff forwarded to stays, unless the answers now choose another. */
async function enterAgain(ctx: Ctx, { row, service, subject, values, draft, behind }: Acting): Promise<Entered> {
  const unit = ctx.city.units.get(row.unitId);
  const enter = (answers: Record<string, unknown>) =>
    enterStep(ctx, service, row.step ?? '', { subject, answers, units: ctx.city.units }, unit);
  const entered = enter(values);
  const before = enter(asValues(service.ask.entries, behind.own, draft.room));
  const same = entered.step === row.step && entered.unitId === before.unitId;
  return same ? { ...entered, unitId: row.unitId } : entered;
}

/** 转办: the answer that chose the unit is amended, its old value kept; the due time stays, with one working day at least. */
async function forward(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  const { row, service, subject, draft } = acting;
  const before = await amendForward(ctx, acting);
  ensureMust(ctx, service, subject, asValues(service.ask.entries, await ownAnswers(ctx, row.id), draft.room));
  await note(ctx, acting, 'open', { before });
  const soonest = deadline(ctx.clock(), 1, ctx.city.calendar);
  const after = await save(ctx, row, {
    unitId: (acting.values['to'] as { id: string }).id,
    round: row.round + 1,
    claimedBy: null,
    ...(row.dueAt && row.dueAt < soonest && { dueAt: soonest, clockFrom: ctx.clock(), clockDays: 1 }),
  });
  await carryTimer(ctx, row.id, row.round, after.round);
  await tellMoved(ctx, { row: after, service, subject }, 'forward');
  return after;
}

/** Ends a case that decided nothing: what was reserved for it is released. */
async function end(ctx: Ctx, acting: Acting, status: 'withdrawn'): Promise<CaseRow> {
  await note(ctx, acting, status);
  await undoEffects(ctx, acting.row);
  const after = await save(ctx, acting.row, { status, step: null, dueAt: null, closedAt: ctx.clock() });
  await tellMoved(ctx, { row: after, service: acting.service, subject: acting.subject }, acting.verb);
  return after;
}

/** 撤销: the inverses, newest first; refused when later facts depend on it. */
async function undo(ctx: Ctx, acting: Acting): Promise<CaseRow> {
  await note(ctx, acting, 'undone');
  await undoEffects(ctx, acting.row);
  const undone = { status: 'undone', step: null, dueAt: null, closedAt: ctx.clock() } as const;
  // Whom the case had brought into the registry is not there any more.
  const isGone = acting.service.subject === 'newcomer';
  const after = await save(ctx, acting.row, isGone ? { ...undone, subjectId: null } : undone);
  await tellMoved(ctx, { row: after, service: acting.service, subject: isGone ? null : acting.subject }, 'undo');
  return after;
}
