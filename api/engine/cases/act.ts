/**
 * One verb on one case, in one transaction: may they, is it still what they saw, is it well formed; then the move with its
 * effects, its event and its messages. Everything or nothing.
 */
import { desc, eq } from 'drizzle-orm';
import { accounts } from '../../../db/schema/access.ts';
import { caseEvents, type SavedAnswer } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import { freshActor } from '../../access/person.ts';
import { can } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { notAllowed, notFound, notSignedIn } from '../../errors.ts';
import { serviceOf } from '../catalogue.ts';
import { notAllAnswered, notNow, staleCase } from '../errors.ts';
import { complete, walkDraft, type CaseRow, type LoadedDraft } from '../drafts/load.ts';
import { take, type GivenAnswer } from '../drafts/answer.ts';
import { once } from '../once.ts';
import type { Service } from '../service.ts';
import { verbs, type Verb } from '../verbs.ts';
import { caseByNumber } from './find.ts';
import { factsOf, isFor, isOffered } from './may.ts';
import type { Acting } from './acting.ts';
import { moves, notes } from './moves.ts';

export interface ActInput {
  verb: Verb;
  /** The version that was seen: a decision on an older one is refused with who decided what. */
  version?: number | undefined;
  answers?: Record<string, GivenAnswer> | undefined;
}

export interface ActResult {
  number: string;
  status: string;
  version: number;
}

/**
 * Uses a verb on a case.
 * @throws not-found, not-allowed, not-now, stale-case, bad-answer, not-all-answered
 */
export async function act(ctx: Ctx, number: string, input: ActInput): Promise<ActResult> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const row = await caseByNumber(inside, number, 'lock');
    return actOn(inside, row, input);
  });
}

/** The same on a row already locked by the transaction in `ctx`. `answered` are a draft's saved answers. */
export async function actOn(
  ctx: Ctx,
  row: CaseRow,
  input: ActInput,
  answered: Record<string, SavedAnswer> = {},
): Promise<ActResult> {
  const service = serviceOf(row.kind);
  ensureSees(ctx, row, service, input.verb);
  await ensureCurrent(ctx, row, service, input);
  const draft = await answersOf(ctx, row, service, input, answered);
  const { values, next, asked } = walkDraft(draft);
  if (next) throw notAllAnswered(next.key);
  const acting: Acting = { row, service, subject: draft.subject, verb: input.verb, draft, asked, values };
  const after = verbs[input.verb].moves ? await moves(ctx, acting) : await notes(ctx, acting);
  return { number: after.number, status: after.status, version: after.version };
}

function ensureSees(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): void {
  if (isFor(ctx, row, service, verb)) return;
  if (ctx.actor.is === 'guest') throw notSignedIn();
  // Whoever sees the case is told that this is not theirs to do; a stranger is not told that it exists.
  throw can(ctx.actor, 'case.read', factsOf(ctx, row)) ? notAllowed() : notFound();
}

async function ensureCurrent(ctx: Ctx, row: CaseRow, service: Service, { verb, version }: ActInput): Promise<void> {
  const stale = version !== undefined && version !== row.version;
  if (!stale && isOffered(row, service, verb)) return;
  if (!stale && version === undefined) throw notNow(verb);
  const [last] = await ctx.db
    .select({ verb: caseEvents.verb, name: accounts.name })
    .from(caseEvents)
    .leftJoin(accounts, eq(accounts.id, caseEvents.accountId))
    .where(eq(caseEvents.caseId, row.id))
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  throw staleCase(
    say(ctx.locale, `engine:verbs.${last?.verb ?? verb}.done`),
    last?.name ?? say(ctx.locale, 'notices:someone'),
    row.version,
  );
}

async function answersOf(
  ctx: Ctx,
  row: CaseRow,
  service: Service,
  input: ActInput,
  answered: Record<string, SavedAnswer>,
): Promise<LoadedDraft> {
  const passing = {
    ...blankDraft(ctx, row, service, input.verb),
    answers: answered,
  };
  const draft = await complete(ctx, passing, row);
  const answers = input.answers ? await take(ctx, draft, input.answers) : answered;
  return { ...draft, row: { ...draft.row, answers } };
}

/** A draft that is never stored: a decision given in one piece. */
function blankDraft(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): LoadedDraft['row'] {
  const now = ctx.clock();
  return {
    id: row.id,
    kind: row.kind,
    serviceVersion: service.version,
    accountId: ctx.actor.is === 'person' ? ctx.actor.accountId : null,
    guestHash: null,
    capacity: row.capacity,
    subjectId: row.subjectId,
    caseId: row.id,
    step: row.step,
    verb,
    round: row.round,
    revision: 0,
    answers: {},
    chatKey: null,
    purpose: '',
    createdAt: now,
    updatedAt: now,
    expiresAt: now,
    submittedAt: null,
  };
}
