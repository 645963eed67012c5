/** A case as whoever may see it sees it: where it stands, its timeline, its answers, and the verbs they may use now. */
import { z } from 'zod';
import { capacities, statuses, type AskedAnswer } from '../../../db/schema/engine.ts';
import { hasText, say } from '../../../locales/index.ts';
import { phonesOf } from '../../access/accounts.ts';
import { can, ensureCanSee, type CaseFacts } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { maskPhone, type Phone } from '../../values/phone.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import { describedQuestion } from '../drafts/view.ts';
import type { FormEntry } from '../form.ts';
import type { Service, AnySubject } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { serviceKey, stepText } from '../texts.ts';
import { verbForm } from '../verb-forms.ts';
import { verbNames, type Verb } from '../verbs.ts';
import { caseView as serviceView } from './about.ts';
import { asValues, JOINED, OWN } from './answers.ts';
import type { EventPayload } from './event.ts';
import { caseByNumber } from './find.ts';
import { factsOf } from './facts.ts';
import { followCase } from './follow.ts';
import { heldFact, heldNow } from './held.ts';
import { isWaiting, sheetsOf, viewLine, viewVerb } from './lines.ts';
import { verbsFor } from './may.ts';
import { allAnswers, eventsOf, namesOf, stillThere } from './rows.ts';

/** A line of a list. */
export const caseLine = z.object({
  number: z.string(),
  /** In threes, as it is read out. */
  spoken: z.string(),
  kind: z.string(),
  title: z.string(),
  status: z.enum(statuses),
  /** What is happening, in the reader's words: 「社区已同意，正在登记」. */
  state: z.string(),
  version: z.int(),
  /** Whom it is about; without an id for whoever only named them, and while a newcomer is not in the registry. */
  subject: z.object({ id: z.uuid().nullable(), name: z.string() }).nullable(),
  /** The reader does this for somebody else, as a relative: pages and chat say for whom. */
  actsFor: z.boolean(),
  unit: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }),
  openedAt: z.iso.datetime(),
  /** The day by which it is decided. */
  due: z.iso.date().nullable(),
  overdue: z.boolean(),
});
export type CaseLine = z.infer<typeof caseLine>;

/** A verb offered as a button; without questions it is one tap. */
export const verbView = z.object({
  verb: z.enum(verbNames),
  label: z.string(),
  questions: z.array(describedQuestion),
});
export type VerbView = z.infer<typeof verbView>;

const shownAnswer = z.object({ question: z.string(), shown: z.string() });

const timelineEntry = z.object({
  at: z.iso.datetime(),
  verb: z.string(),
  /** 「识字里社区 收到申请」 */
  what: z.string(),
  who: z.string().nullable(),
  unit: z.string(),
  said: z.array(shownAnswer),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const caseDetails = caseLine.extend({
  answers: z.array(shownAnswer.extend({ key: z.string() })),
  /** What the registry holds now, beside the answer that would change it; staff only. */
  before: z.array(heldFact),
  timeline: z.array(timelineEntry),
  verbs: z.array(verbView),
  /** Fields to type into the office's own system, in its order; staff at that step only. */
  copy: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  files: z.array(z.object({ id: z.uuid(), question: z.string() })),
  claimedBy: z.object({ id: z.uuid(), name: z.string().nullable(), me: z.boolean() }).nullable(),
  applicant: z.string().nullable(),
  /** The asker's number, masked: whoever is asked, and staff, see whether it is the one they know. */
  applicantPhone: z.string().nullable(),
  /** Whether the reader is the retiree of whom something is asked. */
  asked: z.boolean(),
  /** What happens next, where the service has words of its own for the reader. */
  next: z.string().nullable(),
  /** Sheets that can be printed now. */
  print: z.array(z.string()).readonly(),
  basis: z.array(z.string()).readonly(),
  stars: z.int().nullable(),
  capacity: z.enum(capacities),
  returns: z.int(),
  /** Its answers, words and pictures were erased: their time was over. */
  erased: z.boolean(),
});
export type CaseDetails = z.infer<typeof caseDetails>;

/** One case, with everything its reader may see. @throws not-found for whoever may not */
export async function readCase(ctx: Ctx, number: string): Promise<CaseDetails> {
  const row = await caseByNumber(ctx, number);
  const service = serviceOf(row.kind);
  const facts = await factsOf(ctx, row, service);
  ensureCanSee(ctx.actor, 'case.follow', facts);
  if (!can(ctx.actor, 'case.read', facts)) return followCase(ctx, row, service, verbsFor(ctx, facts, row, service));
  const [subject, events, kept, names] = await Promise.all([
    loadSubject(ctx, service.subject, row.subjectId),
    eventsOf(ctx, row),
    allAnswers(ctx, row),
    namesOf(ctx, row),
  ]);
  const own = kept.findLast((one) => one.step === OWN)?.answers ?? [];
  const answers = asValues(service.ask.entries, own, readingRoom(ctx));
  const staff = can(ctx.actor, 'case.staff', facts);
  const verbs = verbsFor(ctx, facts, row, service);
  const asked = can(ctx.actor, 'case.refuse', facts) && !staff;
  return {
    ...viewLine(ctx, row, service, subject),
    ...(asked && isWaiting(row) && { state: stepText(ctx.locale, service, row.step ?? '', 'asks.state') }),
    answers: shownTo(ctx, row, service, { facts, asked, own }),
    before: staff ? await heldNow(ctx, row, { service, subject, answers }) : [],
    timeline: events.map((event) => viewEvent(ctx, service, event, staff)),
    verbs: verbs.map((verb) => viewVerb(ctx, row, service, verb)),
    copy: staff ? copyFields(ctx, row, service, { subject, answers }) : [],
    files: await stillThere(ctx, filesIn(service, kept, staff)),
    claimedBy: row.claimedBy
      ? {
          id: row.claimedBy,
          name: names.claimed,
          me: ctx.actor.is === 'person' && ctx.actor.accountId === row.claimedBy,
        }
      : null,
    applicant: names.applicant,
    applicantPhone: facts.asked?.by ? await maskedPhone(ctx, facts.asked.by) : null,
    asked,
    next: asked && isWaiting(row) ? stepText(ctx.locale, service, row.step ?? '', howToAnswer(ctx, facts)) : null,
    print: sheetsOf(row, service),
    basis: service.basis,
    stars: row.stars,
    capacity: row.capacity,
    returns: row.returns,
    erased: row.erasedAt !== null,
  };
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
  const what = say(ctx.locale, entry ? 'engine:officeEntry.done' : `engine:verbs.${event.verb}.done`);
  const before = payload.before ? [{ question: say(ctx.locale, 'engine:timeline.before'), shown: payload.before }] : [];
  // Who objected or reported as well, and what they said, is for staff and for themselves.
  const mine = ctx.actor.is === 'person' && ctx.actor.accountId === event.accountId;
  const open = staff || mine || !['join', 'object'].includes(event.verb);
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
