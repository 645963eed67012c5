/**
 * What is reported of somebody, as long as nobody has found it true. The retiree reads that something is to be verified, and never
 * what; whoever reported them reads what they said themselves, and nothing that the registry knows.
 */
import { say } from '../../../locales/index.ts';
import { isActingFor } from '../../access/actor.ts';
import { can } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { spokenNumber } from '../case-number.ts';
import { stepOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import { existing } from '../questions/unit.ts';
import type { Service } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import type { AskedAnswer } from '../../../db/schema/engine.ts';
import type { FoundEvent } from './rows.ts';
import { verbsFor } from './may.ts';
import type { CaseDetails, CaseLine } from './shapes.ts';

type Events = readonly FoundEvent[];
type LineRow = Pick<CaseRow, 'number' | 'status' | 'step' | 'unitId' | 'version' | 'openedAt' | 'dueAt' | 'subjectId'>;

/** What the service is called to the retiree: neither its kind nor its title may say what was reported. */
const VEILED = 'to-verify';

/** The steps in which the retiree is asked, and those that a no leads to; before them (held back) nothing is said to anybody. */
export const stepsToldToRetiree = (service: Service): string[] =>
  Object.entries(service.steps).flatMap(([name, { on }]) => (on.object ? [name, on.object.to] : []));

/** Whether the retiree may still say no: the step waits for it. */
const waitsForNo = ({ step }: Pick<CaseRow, 'step'>, service: Service): boolean =>
  step !== null && stepOf(service, step).on.object !== undefined;

/** Whether the reader is the retiree, and was asked. */
export const isAskedAbout = (ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service): boolean =>
  facts.discreet &&
  row.step !== null &&
  stepsToldToRetiree(service).includes(row.step) &&
  can(ctx.actor, 'case.refuse', facts);

/** A line of the retiree's own list. */
export function contestedLine(
  ctx: Ctx,
  row: LineRow,
  service: Service,
  subject: { id: string; name: string } | null,
): CaseLine {
  const unit = existing(ctx.city.units.get(row.unitId), row.unitId);
  return {
    number: row.number,
    spoken: spokenNumber(row.number),
    kind: VEILED,
    title: say(ctx.locale, 'engine:toVerify.title'),
    status: row.status,
    state: say(ctx.locale, waitsForNo(row, service) ? 'engine:toVerify.state' : 'engine:toVerify.contested'),
    version: row.version,
    tone: null,
    subject: subject && { id: subject.id, name: subject.name },
    actsFor: isActingFor(ctx.actor, row.subjectId),
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    openedAt: row.openedAt.toISOString(),
    due: row.dueAt && dayOf(row.dueAt),
    overdue: false,
  };
}

/** The case as the retiree sees it: one thing to know, one button. */
export async function contestedCase(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service): Promise<CaseDetails> {
  const subject = await loadSubject(ctx, service.subject, row.subjectId);
  const line = contestedLine(ctx, row, service, subject);
  const verbs = verbsFor(ctx, facts, row, service).filter((verb) => verb === 'object');
  return {
    ...line,
    answers: [],
    before: [],
    timeline: [],
    verbs: verbs.map((verb) => ({ verb, label: say(ctx.locale, 'engine:toVerify.no'), own: true, questions: [] })),
    copy: [],
    files: [],
    erased: false,
    claimedBy: null,
    asked: true,
    tells: false,
    next: say(ctx.locale, verbs.length > 0 ? 'engine:toVerify.next' : 'engine:toVerify.contestedNext', {
      unit: line.unit.name,
    }),
    todo: null,
    followUps: [],
    staffSide: null,
    panel: null,
    applicant: null,
    applicantPhone: null,
    print: [],
    basis: [],
    publicNotice: false,
    stars: null,
    capacity: 'system',
    returns: 0,
  };
}

/** A line of a reporter's own list, which names no office but the city's agency, and nobody. */
export function reportedLine(ctx: Ctx, line: CaseLine): CaseLine {
  const { id, name, phone } = ctx.city.units.cityAgency();
  return { ...line, subject: null, unit: { id, name, phone } };
}

/** The case as whoever reported it sees it: the community that they named themselves, and their own acts. */
export function asReported(
  ctx: Ctx,
  row: CaseRow,
  service: Service,
  details: CaseDetails,
  events: Events,
  own: readonly AskedAnswer[],
): CaseDetails {
  // A linked relative chose whom from their own list: they know in whose care they are.
  if (row.capacity === 'relative') return { ...details, timeline: ownActs(ctx, details, events) };
  const chosen = service.ask.entries.find(({ question }) => question.kind === 'unit');
  const answer = own.find(({ key }) => key === chosen?.key)?.value;
  const named = typeof answer === 'string' ? ctx.city.units.get(answer) : null;
  const { id, name, phone } = named ?? ctx.city.units.cityAgency();
  const timeline = ownActs(ctx, details, events).map((entry) => ({ ...entry, unit: '' }));
  return { ...details, subject: null, unit: { id, name, phone }, claimedBy: null, timeline };
}

function ownActs({ actor }: Ctx, { timeline }: CaseDetails, events: Events): CaseDetails['timeline'] {
  return timeline.filter((_, at) => actor.is === 'person' && events[at]?.event.accountId === actor.accountId);
}
