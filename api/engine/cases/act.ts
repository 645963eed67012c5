/**
 * One verb on one case, in one transaction: may they, is it still what they saw, is it well formed; then the move with its
 * effects, its event and its messages. Everything or nothing.
 */
import { and, desc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../../db/schema/access.ts';
import { caseEvents, statuses, type SavedAnswer } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import { freshActor } from '../../access/person.ts';
import { can } from '../../access/can.ts';
import type { CaseFacts } from '../../access/facts.ts';
import type { Ctx } from '../../context.ts';
import { notAllowed, notFound, notSignedIn } from '../../errors.ts';
import { serviceOf } from '../catalogue.ts';
import { notAllAnswered, notNow, staleCase } from '../errors.ts';
import { blankRow, complete, walkDraft, type CaseRow, type LoadedDraft } from '../drafts/load.ts';
import { take, type GivenAnswer } from '../drafts/answer.ts';
import { FOLLOWED } from '../followed.ts';
import { once } from '../once.ts';
import type { Service } from '../service.ts';
import { subjectFound } from '../subjects.ts';
import { goesOn, verbs, type Verb } from '../verbs.ts';
import { asSaved } from './answers.ts';
import { readBehind } from './behind.ts';
import { caseByNumber } from './find.ts';
import { factsOf } from './facts.ts';
import { isFor, isOffered } from './may.ts';
import type { Acting } from './acting.ts';
import { limitObjections } from './limit-objections.ts';
import { moves } from './moves.ts';
import { notes } from './notes.ts';

export interface ActInput {
  verb: Verb;
  /** The version that was seen: a decision on an older one is refused with who decided what. */
  version?: number | undefined;
  /** The step and round that a draft was begun in: its answers are no answers to another step. */
  begun?: { step: string | null; round: number };
  answers?: Record<string, GivenAnswer> | undefined;
}

/** Where the case stands after the verb. */
export const actResult = z.object({
  number: z.string(),
  status: z.enum(statuses),
  version: z.int(),
  /** Somebody else had reported the same: what was said was added to theirs. */
  joined: z.literal(true).optional(),
});
export type ActResult = z.infer<typeof actResult>;

/**
 * Uses a verb on a case.
 * @throws not-found, not-allowed, not-now, stale-case, bad-answer, not-all-answered
 */
export async function act(ctx: Ctx, number: string, input: ActInput): Promise<ActResult> {
  return once(ctx, async (tx) => {
    // Asked together: they go to the database in one piece.
    const [actor, row] = await Promise.all([freshActor(tx), caseByNumber(tx, number, 'lock')]);
    return actOn({ ...tx, actor }, row, input);
  });
}

/** The same on a row already locked by the transaction in `ctx`. `answered` are a draft's saved answers. */
export async function actOn(
  ctx: Ctx,
  row: CaseRow,
  given: ActInput,
  answered: Record<string, SavedAnswer> = {},
): Promise<ActResult> {
  const service = serviceOf(row.kind);
  const facts = await factsOf(ctx, row, service);
  const input = asSeen(ctx, facts, given);
  await ensureSees(ctx, row, service, facts, input);
  await ensureCurrent(ctx, row, service, input);
  const behind = await readBehind(ctx, row);
  const draft = await answersOf(ctx, { row, service, behind }, input, answered);
  const { values, next, asked } = walkDraft(draft);
  if (next) throw notAllAnswered(next.key);
  if (input.verb === 'object') await limitObjections(ctx);
  const acting: Acting = { row, service, subject: draft.subject, verb: input.verb, draft, asked, values, behind };
  const after = verbs[input.verb].moves ? await moves(ctx, acting) : await notes(ctx, acting);
  return { number: after.number, status: after.status, version: input === given ? after.version : FOLLOWED };
}

/** Whoever only follows a case is shown no version of it, and so can name none that is too old. */
function asSeen(ctx: Ctx, facts: CaseFacts, input: ActInput): ActInput {
  if (can(ctx.actor, 'case.read', facts) || !can(ctx.actor, 'case.follow', facts)) return input;
  const { begun: _, ...seen } = input;
  return { ...seen, version: undefined };
}

async function ensureSees(ctx: Ctx, row: CaseRow, service: Service, facts: CaseFacts, input: ActInput): Promise<void> {
  if (isFor(ctx, facts, row, service, input.verb)) return;
  if (ctx.actor.is === 'guest') throw notSignedIn();
  const sees = can(ctx.actor, 'case.follow', facts) || can(ctx.actor, 'case.lead', facts);
  // It was theirs to decide until a moment ago: they learn who was quicker, even when the case has gone elsewhere.
  if (isStale(row, input) && (sees || (await wasWith(ctx, row)))) throw await stale(ctx, row);
  // Whoever sees the case is told that this is not theirs to do; a stranger is not told that it exists.
  throw sees ? notAllowed() : notFound();
}

async function ensureCurrent(ctx: Ctx, row: CaseRow, service: Service, input: ActInput): Promise<void> {
  const old = isStale(row, input);
  if (!old && isOffered(row, service, input.verb)) return;
  if (!old && input.version === undefined) throw notNow(input.verb);
  throw await stale(ctx, row);
}

function isStale(row: CaseRow, { version, begun }: ActInput): boolean {
  if (version !== undefined && version !== row.version) return true;
  return begun !== undefined && (begun.step !== row.step || begun.round !== row.round);
}

/** Whether a unit of the actor's has had the case before. */
async function wasWith(ctx: Ctx, row: CaseRow): Promise<boolean> {
  const units = ctx.actor.is === 'person' ? ctx.actor.posts.map((post) => post.unitId) : [];
  if (units.length === 0) return false;
  const [found] = await ctx.db
    .select({ seq: caseEvents.seq })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, row.id), inArray(caseEvents.unitId, units)))
    .limit(1);
  return found !== undefined;
}

/** Says who was quicker, and what they did. */
async function stale(ctx: Ctx, row: CaseRow): Promise<Error> {
  const [last] = await ctx.db
    .select({ verb: caseEvents.verb, name: accounts.name })
    .from(caseEvents)
    .leftJoin(accounts, eq(accounts.id, caseEvents.accountId))
    .where(eq(caseEvents.caseId, row.id))
    .orderBy(desc(caseEvents.seq))
    .limit(1);
  return staleCase(
    say(ctx.locale, `engine:verbs.${last?.verb ?? 'open'}.done`),
    last?.name ?? say(ctx.locale, 'notices:someone'),
    row.version,
  );
}

async function answersOf(
  ctx: Ctx,
  { row, service, behind }: Pick<Acting, 'row' | 'service' | 'behind'>,
  input: ActInput,
  answered: Record<string, SavedAnswer>,
): Promise<LoadedDraft> {
  // What goes on with the form says, in one piece, only what is different; the rest is as it was.
  const kept = goesOn(input.verb) && !input.begun ? asSaved(behind.own) : answered;
  const passing = { ...blankDraft(ctx, row, service, input.verb), answers: kept };
  const draft = await complete(ctx, passing, row, (_, kind, id) => subjectFound(ctx, kind, id, behind.about));
  const answers = input.answers ? await take(ctx, draft, input.answers) : kept;
  return { ...draft, row: { ...draft.row, answers } };
}

/** A draft that is never stored: a decision given in one piece. */
function blankDraft(ctx: Ctx, row: CaseRow, service: Service, verb: Verb): LoadedDraft['row'] {
  const { id, capacity, subjectId, step, round } = row;
  return { ...blankRow(ctx, service), id, caseId: id, capacity, subjectId, step, round, verb };
}
