/** A case as whoever may see it sees it: where it stands, its timeline, its answers, and the verbs they may use now. */
import type { AskedAnswer } from '../../../db/schema/engine.ts';
import { hasText, say } from '../../../locales/index.ts';
import { phonesOf } from '../../access/accounts.ts';
import { can, ensureCanSee, type CaseFacts } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import type { Retiree } from '../../ports.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { showAddress } from '../../values/address.ts';
import { maskPhone, type Phone } from '../../values/phone.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import type { describeQuestion } from '../drafts/view.ts';
import type { FormEntry } from '../form.ts';
import type { Service, AnySubject, Tone } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { doneText, serviceKey, stepText, todoText } from '../texts.ts';
import { verbForm } from '../verb-forms.ts';
import type { Verb } from '../verbs.ts';
import { caseView as serviceView } from './about.ts';
import { asValues, JOINED, OWN } from './answers.ts';
import type { EventPayload } from './event.ts';
import { caseByNumber } from './find.ts';
import { factsOf } from './facts.ts';
import { followCase } from './follow.ts';
import { isWaiting, nextOf, sheetsOf, viewLine, viewVerb } from './lines.ts';
import { verbsFor } from './may.ts';
import { showDay } from '../../delivery/message.ts';
import { asReported, contestedCase, isAskedAbout } from './discreet.ts';
import { followUpsOf, type FollowUp } from './follow-ups.ts';
import { allAnswers, eventsOf, namesOf } from './rows.ts';

/** A line of a list. */
export interface CaseLine {
  number: string;
  /** In threes, as it is read out. */
  spoken: string;
  kind: string;
  title: string;
  status: CaseRow['status'];
  /** What is happening, in the reader's words: 「社区已同意，正在登记」. */
  state: string;
  version: number;
  /** Without an id for whoever only named the person. */
  subject: { id: string | null; name: string } | null;
  /** The reader does this for somebody else, as a relative: pages and chat say for whom. */
  actsFor: boolean;
  /** How to speak of it. */
  tone: Tone | null;
  unit: { id: string; name: string; phone: string | null };
  openedAt: string;
  /** The day by which it is decided, `YYYY-MM-DD`. */
  due: string | null;
  overdue: boolean;
}

/** A verb offered as a button; without questions it is one tap. */
export interface VerbView {
  verb: Verb;
  label: string;
  /** Whether it is the reader's as a party of the case, not as staff. */
  own: boolean;
  questions: ReturnType<typeof describeQuestion>[];
}

export interface TimelineEntry {
  at: string;
  verb: string;
  /** 「识字里社区 收到申请」 */
  what: string;
  who: string | null;
  unit: string;
  said: { question: string; shown: string }[];
}

export interface CaseDetails extends CaseLine {
  answers: { key: string; question: string; shown: string }[];
  /** What the registry holds now, beside the answer that would change it; staff only. */
  before: { key: 'care' | 'home' | 'died'; question: string; shown: string }[];
  timeline: TimelineEntry[];
  verbs: VerbView[];
  /** Fields to type into the office's own system, in its order; staff at that step only. */
  copy: { key: string; label: string; value: string }[];
  files: { id: string; question: string }[];
  claimedBy: { id: string; name: string | null; me: boolean } | null;
  /** Whether the reader is the retiree of whom something is asked. */
  asked: boolean;
  /** What happens next, where the service has words of its own for the reader. */
  next: string | null;
  /** What is to be done before it is decided; staff of the unit that must act only. */
  todo: string | null;
  /** The cases that this one opened and the reader may see. */
  followUps: FollowUp[];
  /** What pages show beside it. */
  panel: 'estimate' | null;
  applicant: string | null;
  /** The asker's number, masked: whoever is asked, and staff, see whether it is the one they know. */
  applicantPhone: string | null;
  /** Sheets that can be printed now. */
  print: readonly string[];
  basis: readonly string[];
  /** It is on public notice now (`/p/NUMBER`). */
  publicNotice: boolean;
  stars: number | null;
  capacity: string;
  returns: number;
}

/** One case, with everything its reader may see. @throws not-found for whoever may not */
export async function readCase(ctx: Ctx, number: string): Promise<CaseDetails> {
  const row = await caseByNumber(ctx, number);
  const service = serviceOf(row.kind);
  const facts = await factsOf(ctx, row, service);
  if (!can(ctx.actor, 'case.read', facts) && isAskedAbout(ctx, facts, row, service))
    return contestedCase(ctx, facts, row, service);
  ensureCanSee(ctx.actor, 'case.follow', facts);
  if (!can(ctx.actor, 'case.read', facts)) return followCase(ctx, facts, row, service);
  const [subject, events, kept, names, followUps] = await Promise.all([
    loadSubject(ctx, service.subject, row.subjectId),
    eventsOf(ctx, row),
    allAnswers(ctx, row),
    namesOf(ctx, row),
    followUpsOf(ctx, row),
  ]);
  const own = kept.findLast((one) => one.step === OWN)?.answers ?? [];
  const staff = can(ctx.actor, 'case.staff', facts);
  const asked = facts.asked !== null && can(ctx.actor, 'case.refuse', facts) && !staff;
  const details: CaseDetails = {
    ...viewLine(ctx, row, service, subject),
    ...(asked && isWaiting(row) && { state: stepText(ctx.locale, service, row.step ?? '', 'asks.state') }),
    answers: shownTo(asked, service, own),
    before: staff && subject && 'care' in subject ? heldNow(ctx, subject) : [],
    timeline: events.map((event) => viewEvent(ctx, service, event, staff)),
    verbs: verbsFor(ctx, facts, row, service).map((verb) => viewVerb(ctx, facts, row, service, verb)),
    copy: staff ? copyFields(ctx, row, service, subject, own) : [],
    files: filesIn(service, kept, staff),
    claimedBy: row.claimedBy
      ? {
          id: row.claimedBy,
          name: names.claimed,
          me: ctx.actor.is === 'person' && ctx.actor.accountId === row.claimedBy,
        }
      : null,
    todo: staff ? todoText(ctx.locale, service, row.step) : null,
    followUps,
    panel: service.panel ?? null,
    applicant: names.applicant,
    applicantPhone: facts.asked?.by ? await maskedPhone(ctx, facts.asked.by) : null,
    asked,
    next:
      asked && isWaiting(row)
        ? stepText(ctx.locale, service, row.step ?? '', howToAnswer(ctx, facts))
        : nextOf(ctx, row, service),
    print: sheetsOf(row, service),
    basis: service.basis,
    publicNotice: row.status === 'open' && row.step !== null && stepOf(service, row.step).by.includes('everyone'),
    stars: row.stars,
    capacity: row.capacity,
    returns: row.returns,
  };
  return facts.discreet && !can(ctx.actor, 'case.read', { ...facts, applicantId: null })
    ? asReported(ctx, row, service, details, events, own)
    : details;
}

/** One event as its reader may see it. */
export function viewEvent(
  ctx: Ctx,
  service: Service,
  found: Pick<Awaited<ReturnType<typeof eventsOf>>[number], 'event' | 'payload' | 'name'>,
  staff: boolean,
): TimelineEntry {
  const { event, name } = found;
  const payload = (found.payload ?? {}) as EventPayload;
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

/** Whoever is asked need not read who they are themselves. */
function shownTo(asked: boolean, { ask }: Service, own: readonly AskedAnswer[]): CaseDetails['answers'] {
  const namesThem = (key: string) => ask.entries.some((entry) => entry.key === key && entry.question.kind === 'person');
  return own
    .filter(({ key }) => !asked || !namesThem(key))
    .map(({ key, question, shown }) => ({ key, question, shown }));
}

async function maskedPhone(ctx: Ctx, accountId: string): Promise<string | null> {
  const [phone] = await phonesOf(ctx, accountId);
  return phone ? maskPhone(phone as Phone) : null;
}

/** Care and home as the registry holds them: what an approval would change. */
function heldNow(ctx: Ctx, subject: Retiree): CaseDetails['before'] {
  const home = subject.home;
  return [
    {
      key: 'care',
      question: say(ctx.locale, 'engine:held.care'),
      shown: subject.care ? ctx.city.units.fullName(subject.care) : say(ctx.locale, 'engine:held.none'),
    },
    {
      key: 'home',
      question: say(ctx.locale, 'engine:held.home'),
      shown: home
        ? `${home.community?.name ?? ''} ${showAddress(home.place)}`.trim()
        : say(ctx.locale, 'engine:held.none'),
    },
    ...(subject.diedOn
      ? [
          {
            key: 'died' as const,
            question: say(ctx.locale, 'engine:held.died'),
            shown: showDay(subject.diedOn, ctx.locale),
          },
        ]
      : []),
  ];
}

function copyFields(
  ctx: Ctx,
  row: CaseRow,
  service: Service,
  subject: AnySubject | null,
  own: { key: string; value: unknown; question: string; shown: string }[],
) {
  const step = row.step ? stepOf(service, row.step) : null;
  if (!step?.copy) return [];
  const answers = asValues(service.ask.entries, own, readingRoom(ctx));
  const view = serviceView(ctx, row, { subject, answers, step: {}, receipts: [] });
  return step.copy(view as never).map(({ key, value }) => {
    const label = `engine:officeEntry.fields.${key}`;
    return { key, label: say(ctx.locale, hasText(label) ? label : serviceKey(service.kind, `copy.${key}`)), value };
  });
}

/** Pictures of the newest own answers and of every step; what a second reporter sent is for staff. */
function filesIn(service: Service, kept: Awaited<ReturnType<typeof allAnswers>>, staff: boolean): CaseDetails['files'] {
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
