/**
 * Effects: verbs of the domains that run in the transaction of a decision. Each leaves a receipt and has an inverse, so that
 * undo works for every service. Effects are known by name, since a receipt of last year must still find its inverse.
 */
import type { Status } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../errors.ts';

/** The case an effect acts for. */
export interface Cause {
  caseId: string;
  number: string;
  kind: string;
  /** Where it stood before this verb: what an undone approval takes back differs from what a withdrawal does. */
  status: Status;
  /** The unit that decided. */
  unitId: string;
  subjectId: string | null;
  /** The account that opened it; null for the system and for guests. */
  applicantId: string | null;
}

export interface EffectDefinition<Input, Receipt> {
  name: string;
  /** Does it, through `ctx.db`, which is the decision's transaction; the receipt is JSON. */
  apply(ctx: Ctx, input: Input, cause: Cause): Promise<Receipt>;
  /** Takes it back. Throws `laterFacts()` when something built on it since. */
  undo(ctx: Ctx, receipt: Receipt, cause: Cause): Promise<void>;
  /** Whom it brought into the registry: a newcomer's case is about them from then on. */
  subjectOf?(receipt: Receipt): string;
}

/**
 * An effect to be run, made by a service. `rowKey` tells the rows of a list apart, so that each runs once; it may be personal
 * (an identity number), only its blind index is kept.
 */
export interface Effect {
  definition: EffectDefinition<unknown, unknown>;
  input: unknown;
  rowKey: string;
}

/** Makes effects of one kind; services call it in `do`. */
export interface EffectMaker<Input, Receipt> {
  (input: Input, rowKey?: string): Effect;
  definition: EffectDefinition<Input, Receipt>;
}

const known = new Map<string, EffectDefinition<unknown, unknown>>();

/** Makes a verb of a domain available to services. A name used twice stops the start. */
export function defineEffect<Input, Receipt>(
  definition: EffectDefinition<Input, Receipt>,
): EffectMaker<Input, Receipt> {
  if (known.has(definition.name)) throw new Error(`The effect "${definition.name}" is defined twice.`);
  const general = definition as EffectDefinition<unknown, unknown>;
  known.set(definition.name, general);
  return Object.assign((input: Input, rowKey = '') => ({ definition: general, input, rowKey }), { definition });
}

/** The definition that a receipt names. */
export function effectNamed(name: string): EffectDefinition<unknown, unknown> {
  const found = known.get(name);
  if (!found) throw new Error(`There is no effect "${name}".`);
  return found;
}

/** Later facts depend on what would be undone; `what` is a text key in `errors.later-facts`. */
export const laterFacts = (what: string) => new AppError('later-facts', 409, {}, { what });
