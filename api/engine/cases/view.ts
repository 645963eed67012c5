/** A case as whoever may see it sees it: where it stands, its timeline, its answers, and the verbs they may use now. */
import type { AskedAnswer } from '../../../db/schema/engine.ts';
import { hasText, say } from '../../../locales/index.ts';
import { phonesOf } from '../../access/accounts.ts';
import { can, ensureCanSee } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { maskPhone, type Phone } from '../../values/phone.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import type { FormEntry } from '../form.ts';
import type { Service, AnySubject } from '../service.ts';
import { subjectFound } from '../subjects.ts';
import { doneText, serviceKey, stepText, todoText } from '../texts.ts';
import { verbForm } from '../verb-forms.ts';
import type { Verb } from '../verbs.ts';
import { caseView as serviceView } from './about.ts';
import { asValues, JOINED, OWN } from './answers.ts';
import type { EventPayload } from './event.ts';
import { caseByNumber } from './find.ts';
import { factsOf } from './facts.ts';
import { followCase } from './follow.ts';
import { asReported, contestedCase, isAskedAbout } from './discreet.ts';
import { followUpsOf } from './follow-ups.ts';
import { heldNow } from './held.ts';
import { isLeaderOnly, ledCase } from './led.ts';
import { isWaiting, nextOf, sheetsOf, viewLine, viewVerb } from './lines.ts';
import { verbsFor } from './may.ts';
import { stillThere, wholeCase, type FoundEvent, type WholeCase } from './rows.ts';
import type { CaseDetails, TimelineEntry } from './shapes.ts';
import { staffSide, unitsBelow } from './staff-side.ts';

/** One case, with everything its reader may see. @throws not-found for whoever may not */
export async function readCase(ctx: Ctx, number: string): Promise<CaseDetails> {
  const row = await caseByNumber(ctx, number);
  const service = serviceOf(row.kind);
  const facts = await factsOf(ctx, row, service);
  if (!can(ctx.actor, 'case.read', facts) && isAskedAbout(ctx, facts, row, service))
    return contestedCase(ctx, facts, row, service);
  if (isLeaderOnly(ctx, facts)) return ledCase(ctx, facts, row, service);
  ensureCanSee(ctx.actor, 'case.follow', facts);
  if (!can(ctx.actor, 'case.read', facts)) return followCase(ctx, facts, row, service);
  const beside = can(ctx.actor, 'case.staff-side', { ...facts, capacity: row.capacity });
  const [whole, followUps] = await Promise.all([
    wholeCase(ctx, row, beside ? unitsBelow(ctx) : []),
    followUpsOf(ctx, row),
  ]);
  const { events, answers: kept } = whole;
  const subject = await subjectFound(ctx, service.subject, row.subjectId, whole.about);
  const own = kept.findLast((one) => one.step === OWN)?.answers ?? [];
  const answers = asValues(service.ask.entries, own, readingRoom(ctx));
  const staff = can(ctx.actor, 'case.staff', facts);
  const asked = facts.asked !== null && can(ctx.actor, 'case.refuse', facts) && !staff;
  const details: CaseDetails = {
    ...viewLine(ctx, row, service, subject),
    ...(staff && row.status === 'withdrawn' && { state: withdrawnWords(ctx, events) }),
    ...(asked && isWaiting(row) && { state: stepText(ctx.locale, service, row.step ?? '', 'asks.state') }),
    answers: shownTo(ctx, row, service, { facts, asked, own }),
    before: staff ? await heldNow(ctx, row, { service, subject, answers, told: whole.told }) : [],
    timeline: events.map((event) => viewEvent(ctx, service, event, staff)),
    verbs: verbsFor(ctx, facts, row, service).map((verb) => viewVerb(ctx, facts, row, service, verb)),
    copy: staff ? copyFields(ctx, row, service, { subject, answers }) : [],
    files: await stillThere(ctx, filesIn(service, kept, staff)),
    claimedBy: row.claimedBy
      ? {
          id: row.claimedBy,
          name: whole.claimed,
          deputy: whole.deputy,
          me: ctx.actor.is === 'person' && ctx.actor.accountId === row.claimedBy,
        }
      : null,
    todo: staff ? todoText(ctx.locale, service, row.step) : null,
    followUps,
    staffSide: beside ? await staffSide(ctx, whole) : null,
    panel: service.panel ?? null,
    applicant: whole.applicant,
    applicantPhone: facts.asked?.by ? await maskedPhone(ctx, facts.asked.by) : null,
    asked,
    next:
      asked && isWaiting(row)
        ? stepText(ctx.locale, service, row.step ?? '', howToAnswer(ctx, facts))
        : nextOf(ctx, row, service),
    tells: service.tells === true,
    print: sheetsOf(row, service),
    basis: service.basis,
    publicNotice: row.status === 'open' && row.step !== null && stepOf(service, row.step).by.includes('everyone'),
    stars: row.stars,
    capacity: row.capacity,
    returns: row.returns,
    erased: row.erasedAt !== null,
  };
  return facts.discreet && !can(ctx.actor, 'case.read', { ...facts, applicantId: null })
    ? asReported(ctx, row, service, details, events, own)
    : details;
}

/** Who took it back, for staff; the words of the status speak to whoever did. */
function withdrawnWords({ locale }: Ctx, events: readonly FoundEvent[]): string {
  const name = events.findLast(({ event }) => event.verb === 'withdraw')?.name;
  return name ? say(locale, 'engine:withdrawnBy', { name }) : say(locale, 'engine:withdrawnByThem');
}

/** One event as its reader may see it. */
export function viewEvent(
  ctx: Ctx,
  service: Service,
  { event, name, payload: words }: FoundEvent,
  staff: boolean,
): TimelineEntry {
  const payload = (words ?? {}) as EventPayload;
  const unit = ctx.city.units.get(event.unitId)?.name ?? '';
  const entry = event.step && service.steps[event.step]?.entry && event.verb === 'approve';
  const what = entry
    ? say(ctx.locale, 'engine:officeEntry.done')
    : doneText(ctx.locale, service, event.step, event.verb);
  const before = payload.before ? [{ question: say(ctx.locale, 'engine:timeline.before'), shown: payload.before }] : [];
  // Who objected or reported as well, and what they said, is for staff and for themselves; so is how a report was verified.
  const mine = ctx.actor.is === 'person' && ctx.actor.accountId === event.accountId;
  const open = staff || mine || !(service.discreet || ['join', 'object'].includes(event.verb));
  return {
    at: event.at.toISOString(),
    verb: event.verb,
    what,
    who: open ? name : null,
    unit,
    said: open ? [...(payload.said ?? []), ...before] : [],
  };
}

const howToAnswer = ({ actor }: Ctx, facts: CaseFacts) =>
  can(actor, 'case.agree', facts) ? ('asks.next' as const) : ('asks.staff' as const);

/**
 * What was answered. Whoever is asked need not read who they are themselves; what is sensitive is for whoever gave it, and for the
 * unit that acts while it acts.
 */
function shownTo(
  ctx: Ctx,
  row: CaseRow,
  { ask }: Service,
  { facts, asked, own }: { facts: CaseFacts; asked: boolean; own: readonly AskedAnswer[] },
): CaseDetails['answers'] {
  const isOpen = row.step !== null || row.status === 'returned';
  const may = can(ctx.actor, 'case.answer-for', facts) || (isOpen && can(ctx.actor, 'case.staff', facts));
  const entryOf = (key: string) => ask.entries.find((entry) => entry.key === key)?.question;
  return own
    .filter(({ key }) => !asked || entryOf(key)?.kind !== 'person')
    .map(({ key, question, shown }) => ({
      key,
      question,
      shown: entryOf(key)?.sensitive && !may ? say(ctx.locale, 'engine:answers.hidden') : shown,
    }));
}

async function maskedPhone(ctx: Ctx, accountId: string): Promise<string | null> {
  const [phone] = await phonesOf(ctx, accountId);
  return phone ? maskPhone(phone as Phone) : null;
}

function copyFields(
  ctx: Ctx,
  row: CaseRow,
  service: Service,
  { subject, answers }: { subject: AnySubject | null; answers: Record<string, unknown> },
) {
  const step = row.step ? stepOf(service, row.step) : null;
  if (!step?.copy) return [];
  const view = serviceView(ctx, row, { subject, answers, step: {}, receipts: [] });
  return step.copy(view as never).map(({ key, value }) => {
    const label = `engine:officeEntry.fields.${key}`;
    return { key, label: say(ctx.locale, hasText(label) ? label : serviceKey(service.kind, `copy.${key}`)), value };
  });
}

/** Pictures of the newest own answers and of every step; what a second reporter sent is for staff. */
function filesIn(service: Service, kept: WholeCase['answers'], staff: boolean): CaseDetails['files'] {
  const newest = kept.findLast((one) => one.step === OWN);
  return kept
    .filter(({ step, round }) => (step === OWN ? round === newest?.round : step !== JOINED || staff))
    .flatMap(({ step, answers }) => {
      const entries = entriesAt(service, step).filter((entry) => entry.question.kind === 'photos');
      return answers.filter(({ key }) => entries.some((entry) => entry.key === key));
    })
    .flatMap(({ value, question }) => (Array.isArray(value) ? value.map((id: string) => ({ id, question })) : []));
}

/** The questions that answers kept under this name belong to: the service's own, or `step:verb`. */
function entriesAt(service: Service, kept: string): readonly FormEntry[] {
  if (kept === OWN || kept === JOINED) return service.ask.entries;
  const [step = '', verb = ''] = kept.split(':');
  return verbForm(service, service.steps[step] ?? null, verb as Verb);
}
