/**
 * A case as whoever leads what is asked for sees it: whom it is about, one button, and how it ended. What was said is for the office.
 */
import { say } from '../../../locales/index.ts';
import { can } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Service } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { serviceKey, stepText, verbText } from '../texts.ts';
import { isWaiting, viewLine } from './lines.ts';
import { verbsFor } from './may.ts';
import type { CaseDetails } from './shapes.ts';

/** The case for whoever leads what is asked for, and sees it by nothing else. */
export async function ledCase(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service): Promise<CaseDetails> {
  const subject = await loadSubject(ctx, service.subject, row.subjectId);
  const line = viewLine(ctx, row, service, subject);
  const waits = isWaiting(row);
  const step = row.step ?? '';
  return {
    ...line,
    // By name alone: what else the registry has is not the leader's.
    subject: line.subject && { id: null, name: line.subject.name },
    ...(waits && { state: say(ctx.locale, serviceKey(service.kind, `steps.${step}.asks.state`), named(line)) }),
    answers: [],
    before: [],
    timeline: [],
    verbs: verbsFor(ctx, facts, row, service).map((verb) => ({
      verb,
      label: verbText(ctx.locale, service, row.step, verb, 'retiree'),
      own: true,
      questions: [],
    })),
    copy: [],
    files: [],
    claimedBy: null,
    applicant: null,
    applicantPhone: null,
    asked: true,
    next: waits ? stepText(ctx.locale, service, step, 'asks.next', line.unit.name) : null,
    tells: false,
    todo: null,
    followUps: [],
    staffSide: null,
    panel: null,
    print: [],
    basis: [],
    publicNotice: false,
    stars: null,
    capacity: 'system',
    returns: 0,
    erased: row.erasedAt !== null,
  };
}

const named = ({ subject, unit }: Pick<CaseDetails, 'subject' | 'unit'>) => ({
  name: subject?.name ?? '',
  unit: unit.name,
});

/** Whether the reader sees the case only as who leads what is asked for. */
export const isLeaderOnly = ({ actor }: Ctx, facts: CaseFacts): boolean =>
  !can(actor, 'case.follow', facts) && can(actor, 'case.lead', facts);
