/** Which verbs an actor may use on a case now: the table of legal moves, the step's parties, and `can`. */
import { can, type CaseFacts } from '../../access/can.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import type { Ctx } from '../../context.ts';
import { existing } from '../questions/unit.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Party, Service } from '../service.ts';
import { isLegal, isStepVerb, verbNames, verbs, type Verb } from '../verbs.ts';

/** What access must know of a case. */
export function factsOf(ctx: Ctx, row: CaseRow): CaseFacts {
  const { subjectId, unitId } = row;
  // Who applied as a relative is a party for as long as the link lasts; who applied at the counter, for as long as they have a post.
  const hasPost = ctx.actor.is === 'person' && ctx.actor.posts.length > 0;
  const discreet = isDiscreet(row, serviceOf(row.kind));
  const past = (row.capacity === 'relative' && !discreet) || (row.capacity === 'counter' && !hasPost);
  const applicantId = past ? null : row.applicantId;
  return { subjectId, applicantId, unitId, unitPath: existing(ctx.city.units.get(unitId), unitId).path, discreet };
}

/** Whether what the case reports is not known to be so (yet, or any more). */
export const isDiscreet = ({ status }: Pick<CaseRow, 'status'>, service: Service): boolean =>
  service.discreet === true && status !== 'approved';

/** Whether the actor is somebody whom the verb is for, whatever the case's status. */
export function isFor(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): boolean {
  const facts = factsOf(ctx, row);
  switch (verbs[verb].by) {
    case 'step':
      return partiesOf(row, service, verb).some((party) => isParty(ctx, facts, party, verb));
    case 'staff':
      return can(ctx.actor, 'case.staff', facts);
    case 'applicant':
      if (verb === 'rate' && (service.tone || isOwnCounter(ctx, row))) return false;
      return can(ctx.actor, 'case.answer-for', facts);
    case 'undoer':
      return service.undo !== undefined && isParty(ctx, facts, service.undo.by, verb);
    case 'clock':
      return ctx.actor.is === 'system';
  }
}

/** Whether status and step offer the verb at all. */
export function isOffered(row: CaseRow, service: Service, verb: Verb): boolean {
  if (!isLegal(verb, row.status)) return false;
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
export function verbsFor(ctx: Ctx, row: CaseRow, service: Service): Verb[] {
  return verbNames.filter(
    (verb) => verbs[verb].by !== 'clock' && isOffered(row, service, verb) && isFor(ctx, row, service, verb),
  );
}

/** Whom the step names for the verb; nobody once the case has ended. */
function partiesOf(row: CaseRow, service: Service, verb: Verb): readonly Party[] {
  if (row.step === null) return [];
  const step = stepOf(service, row.step);
  return (isStepVerb(verb) && step.on[verb]?.by) || step.by;
}

/** Staff who applied for somebody at the counter do not rate their own office. */
function isOwnCounter(ctx: Ctx, row: CaseRow): boolean {
  const { actor } = ctx;
  if (actor.is !== 'person' || row.capacity !== 'counter' || row.applicantId !== actor.accountId) return false;
  return !actor.links.some((link) => link.retireeId === row.subjectId);
}

/** Staff decide; the parties of the case act where the step is theirs, or object; everybody else may only object. */
function isParty(ctx: Ctx, facts: CaseFacts, party: Party, verb: Verb): boolean {
  if (party === 'everyone') return verb === 'object';
  if (party === 'party' && facts.discreet) return verb === 'object' && can(ctx.actor, 'case.contest', facts);
  if (party === 'party') return (verb === 'approve' || verb === 'object') && can(ctx.actor, 'case.answer-for', facts);
  return verb !== 'object' && can(ctx.actor, 'case.decide', { ...facts, role: party });
}
