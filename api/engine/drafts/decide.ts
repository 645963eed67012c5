/** Begins the draft of a decision or a resubmission: the questions of a verb, saved answer by answer like any other. */
import type { Ctx } from '../../context.ts';
import { notAllowed } from '../../errors.ts';
import { ensureCanSee } from '../../access/can.ts';
import { serviceOf } from '../catalogue.ts';
import { asSaved, ownAnswers } from '../cases/answers.ts';
import { caseByNumber } from '../cases/find.ts';
import { factsOf } from '../cases/facts.ts';
import { isFor, isOffered } from '../cases/may.ts';
import { notNow } from '../errors.ts';
import { loadSubject } from '../subjects.ts';
import { goesOn, type Verb } from '../verbs.ts';
import { loaded } from './load.ts';
import { begin } from './start.ts';
import { viewDraft, type DraftView } from './view.ts';

/**
 * Begins (or finds) the actor's draft of a verb on a case. What goes on with the form begins with the answers given before.
 * @throws not-signed-in, not-found, not-allowed, not-now
 */
export async function startDecision(ctx: Ctx, number: string, verb: Verb): Promise<DraftView> {
  const caseRow = await caseByNumber(ctx, number);
  const service = serviceOf(caseRow.kind);
  const facts = await factsOf(ctx, caseRow, service);
  if (!isFor(ctx, facts, caseRow, service, verb)) {
    ensureCanSee(ctx.actor, 'case.follow', facts);
    throw notAllowed();
  }
  if (!isOffered(caseRow, service, verb)) throw notNow(verb);
  const subject = await loadSubject(ctx, service.subject, caseRow.subjectId);
  const answers = goesOn(verb) ? asSaved(await ownAnswers(ctx, caseRow.id)) : {};
  const purpose = `${verb}:${caseRow.id}:${caseRow.round}`;
  const capacity = caseRow.capacity;
  const row = await begin(ctx, { service, purpose, capacity, subject, caseRow, step: caseRow.step, verb, answers });
  return viewDraft(ctx, loaded(ctx, row, { service, subject, caseRow }));
}
