/** Looking at what is masked: with a reason, recorded in the transaction that gives it, and told on the retiree's own page. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { unmaskings, type MaskedFact, type UnmaskReason } from '../../db/schema/access.ts';
import { cases } from '../../db/schema/engine.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee } from '../access/can.ts';
import type { UnmaskFacts } from '../access/facts.ts';
import type { Actor } from '../access/actor.ts';
import { attempt, unmaskedNumbers } from '../access/limits.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { AppError, notFound } from '../errors.ts';

/** Whoever says 「其他」 says what. */
const reasonInWords = () => new AppError('reason-in-words', 422);
/** The reason is read by the retiree: nobody's number stands in it. */
const noNumbersHere = () => new AppError('no-numbers-here', 422);

const LONG_NUMBER = /\d{6,}/;

export interface UnmaskInput {
  retireeId: string;
  what: MaskedFact;
  why: UnmaskReason;
  /** In their own words; may be left out where the choice says it all. */
  words: string;
}

/**
 * Gives the whole number, or 民族, once.
 * @returns null when the registry holds none
 * @throws not-found for everybody but staff in whose care the retiree is or who must decide a case about them, reason-in-words,
 * no-numbers-here, too-many-attempts
 */
export async function unmask(ctx: Ctx, input: UnmaskInput): Promise<{ value: string | null }> {
  const { retireeId, what, why } = input;
  const words = input.words.trim();
  // Never into a chat, whoever asks.
  if (ctx.chatKey) throw notFound();
  ensureMayRead(ctx.actor, what, await factsOf(ctx, retireeId));
  if (why === 'other' && words.length < 2) throw reasonInWords();
  if (LONG_NUMBER.test(words.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))) throw noNumbersHere();
  await attempt(ctx, unmaskedNumbers, ctx.actor.is === 'person' ? ctx.actor.accountId : '');
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const actor = await freshActor(inside);
    const facts = await factsOf(inside, retireeId);
    ensureMayRead(actor, what, facts);
    if (actor.is !== 'person') throw notFound();
    const unitId = actor.posts.find((post) => unitsOf(what, facts).includes(post.unitId))?.unitId ?? '';
    const [found] = await tx
      .select({ 'id-number': retirees.idNumber, phone: retirees.phone, ethnicity: retirees.ethnicity })
      .from(retirees)
      .where(eq(retirees.id, retireeId));
    const { accountId } = actor;
    await tx
      .insert(unmaskings)
      .values({ retireeId, accountId, unitId, what, why, words: words || null, at: ctx.clock() });
    return { value: found?.[what] ?? null };
  });
}

function ensureMayRead(actor: Actor, what: MaskedFact, facts: UnmaskFacts): void {
  if (what === 'ethnicity') ensureCanSee(actor, 'retiree.read-ethnicity', facts);
  else ensureCanSee(actor, 'retiree.unmask', facts);
}

const unitsOf = (what: MaskedFact, { careUnit, decidingUnits }: UnmaskFacts): string[] =>
  [careUnit, ...(what === 'ethnicity' ? [] : decidingUnits)].flatMap((unitId) => unitId ?? []);

/** In whose care the retiree is, and which units must decide a case about them now. */
async function factsOf({ db }: Ctx, retireeId: string): Promise<UnmaskFacts> {
  const [[held], deciding] = await Promise.all([
    db
      .select({ unitId: care.unitId })
      .from(care)
      .where(and(eq(care.retireeId, retireeId), isNull(care.until))),
    db
      .selectDistinct({ unitId: cases.unitId })
      .from(cases)
      .where(and(eq(cases.subjectId, retireeId), inArray(cases.status, ['open', 'entering']))),
  ]);
  return { careUnit: held?.unitId ?? null, decidingUnits: deciding.map(({ unitId }) => unitId) };
}
