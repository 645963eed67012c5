/** Which verbs an actor may use on a case now: the table of legal moves, the step's parties, and `can`. */
import { can, type CaseFacts } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { stepOf } from '../catalogue.ts';
import { existing } from '../questions/unit.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { Party, Service } from '../service.ts';
import { isLegal, isStepVerb, verbNames, verbs, type Verb } from '../verbs.ts';

/** What access must know of a case. */
export function factsOf(ctx: Ctx, row: CaseRow): CaseFacts {
  const { subjectId, applicantId, unitId } = row;
  return { subjectId, applicantId, unitId, unitPath: existing(ctx.city.units.get(unitId), unitId).path };
}

/** Whether the actor is somebody whom the verb is for, whatever the case's status. */
export function isFor(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): boolean {
  const facts = factsOf(ctx, row);
  switch (verbs[verb].by) {
    case 'step':
      return row.step !== null && stepOf(service, row.step).by.some((party) => isParty(ctx, facts, party, verb));
    case 'staff':
      return can(ctx.actor, 'case.staff', facts);
    case 'applicant':
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

/** A step's own parties may object to it or act in it; staff decide, the people concerned only object. */
function isParty(ctx: Ctx, facts: CaseFacts, party: Party, verb: Verb): boolean {
  if (party === 'everyone') return true;
  if (party === 'party') return (verb === 'approve' || verb === 'object') && can(ctx.actor, 'case.answer-for', facts);
  return verb !== 'object' && can(ctx.actor, 'case.decide', { ...facts, role: party });
}
