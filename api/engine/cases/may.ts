/** Which verbs an actor may use on a case now: the table of legal moves, the step's parties, and `can`. */
import { can } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { stepOf } from '../catalogue.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Party, Service } from '../service.ts';
import { isLegal, isStepVerb, verbNames, verbs, type Verb } from '../verbs.ts';

/** Whether the actor is somebody whom the verb is for, whatever the case's status. */
export function isFor(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service, verb: Verb): boolean {
  switch (verbs[verb].by) {
    case 'step':
      return partiesOf(row, service, verb).some((party) => isParty(ctx, facts, party, verb));
    case 'staff':
      return can(ctx.actor, 'case.staff', facts);
    case 'applicant':
      return can(ctx.actor, 'case.answer-for', facts) && !isPointless(ctx, facts, row, service, verb);
    case 'undoer':
      return service.undo !== undefined && isParty(ctx, facts, service.undo.by, verb);
    case 'clock':
      return ctx.actor.is === 'system';
  }
}

/** Whether status and step offer the verb at all. */
export function isOffered(row: CaseRow, service: Service, verb: Verb): boolean {
  // What it said is erased: nobody can judge it, and undo has nothing to go by.
  if (row.erasedAt || !isLegal(verb, row.status)) return false;
  if (verb === 'rate') return row.stars === null;
  // Where the parties themselves are to act, there is nobody to remind.
  if (verb === 'remind' && row.step !== null && stepOf(service, row.step).by.includes('party')) return false;
  if (verb === 'add') return service.adds !== undefined;
  if (verb === 'claim') return row.claimedBy === null;
  if (verb === 'hand-back') return row.claimedBy !== null;
  if (verb === 'undo') return service.undo !== undefined;
  return !isStepVerb(verb) || (row.step !== null && stepOf(service, row.step).on[verb] !== undefined);
}

/** The verbs to offer as buttons, in the table's order. The clock's own are not offered to people. */
export function verbsFor(ctx: Ctx, facts: CaseFacts, row: CaseRow, service: Service): Verb[] {
  return verbNames.filter(
    (verb) => verbs[verb].by !== 'clock' && isOffered(row, service, verb) && isFor(ctx, facts, row, service, verb),
  );
}

/** Whom the step names for the verb; nobody once the case has ended. */
function partiesOf(row: CaseRow, service: Service, verb: Verb): readonly Party[] {
  if (row.step === null) return [];
  const step = stepOf(service, row.step);
  return (isStepVerb(verb) && step.on[verb]?.by) || step.by;
}

/** Staff who applied for somebody at the counter do not rate their own office, nor a family a death; who is asked is not to be urged. */
function isPointless({ actor }: Ctx, { asked }: CaseFacts, row: CaseRow, service: Service, verb: Verb): boolean {
  if (verb === 'remind') return asked !== null;
  if (verb !== 'rate' || actor.is !== 'person') return false;
  if (service.tone) return true;
  if (row.capacity !== 'counter' || row.applicantId !== actor.accountId) return false;
  return !actor.links.some((link) => link.retireeId === row.subjectId);
}

/**
 * Staff decide; the parties of the case act where the step is theirs, or object; a retiree says yes or no to what is asked of them;
 * who leads what is asked for says yes; everybody else may only object.
 */
function isParty({ actor }: Ctx, facts: CaseFacts, party: Party, verb: Verb): boolean {
  switch (party) {
    case 'everyone':
      return verb === 'object';
    case 'party':
      return (verb === 'approve' || verb === 'object') && can(actor, 'case.answer-for', facts);
    case 'retiree':
      if (verb === 'approve') return can(actor, 'case.agree', facts);
      return (verb === 'reject' || verb === 'object') && can(actor, 'case.refuse', facts);
    case 'leader':
      return verb === 'approve' && can(actor, 'case.lead', facts);
    default:
      return verb !== 'object' && can(actor, 'case.decide', { ...facts, role: party });
  }
}
