/**
 * Consents in forms: asked once a purpose. What somebody agreed to before counts as answered and is only shown; it is found afresh
 * each time and never stored with the draft, so that what was withdrawn meanwhile is asked again.
 */
import type { AskedAnswer, Capacity, SavedAnswer } from '../../db/schema/engine.ts';
import type { ConsentPurpose } from '../consent-purposes.ts';
import type { Ctx } from '../context.ts';
import type { FormEntry } from './form.ts';
import type { Question } from './question.ts';
import type { Service } from './service.ts';

/** A draft as far as its consents go. */
interface Asking {
  accountId: string | null;
  capacity: Capacity;
  verb: string | null;
  answers: Record<string, SavedAnswer>;
}

/** The revision of an answer that was given elsewhere, before this draft. */
const ELSEWHERE = 0;

export const purposeOf = ({ options }: Question<unknown>): ConsentPurpose =>
  (options as { purpose: ConsentPurpose }).purpose;

const consentsIn = (entries: readonly FormEntry[]) => entries.filter(({ question }) => question.kind === 'consent');

/** At the counter staff write down what somebody else says: that is no consent of theirs. */
const isOwn = ({ capacity, verb }: Pick<Asking, 'capacity' | 'verb'>): boolean =>
  ['self', 'relative', 'anyone'].includes(capacity) && (verb === null || verb === 'resubmit');

/** The draft with the consents that its owner has given already; questions answered in it stay as they were answered. */
export async function withConsents<Row extends Asking>(ctx: Ctx, service: Service, row: Row): Promise<Row> {
  const open = consentsIn(service.ask.entries).filter(({ key }) => !row.answers[key]);
  if (open.length === 0 || !row.accountId || !isOwn(row)) return row;
  const given = await ctx.city.consents.given(ctx.db, row.accountId);
  const known = open.filter(({ question }) => given.has(purposeOf(question)));
  if (known.length === 0) return row;
  const answers = Object.fromEntries(known.map(({ key }) => [key, { value: true, revision: ELSEWHERE }]));
  return { ...row, answers: { ...row.answers, ...answers } };
}

/** The answers that belong to the draft itself: what is stored. */
export function answeredHere(answers: Record<string, SavedAnswer>): Record<string, SavedAnswer> {
  const own = Object.entries(answers).filter(([, { revision }]) => revision !== ELSEWHERE);
  return Object.fromEntries(own);
}

/** Hands on what a submitted form said, in its transaction. */
export async function recordConsents(
  ctx: Ctx,
  row: Pick<Asking, 'accountId' | 'capacity' | 'verb'>,
  entries: readonly FormEntry[],
  answers: readonly Pick<AskedAnswer, 'key' | 'value'>[],
): Promise<void> {
  const asked = consentsIn(entries);
  if (asked.length === 0 || !row.accountId || !isOwn(row)) return;
  const said = asked.flatMap(({ key, question }) => {
    const answer = answers.find((one) => one.key === key)?.value;
    return typeof answer === 'boolean' ? [{ purpose: purposeOf(question), agreed: answer }] : [];
  });
  if (said.length > 0) await ctx.city.consents.record(ctx, row.accountId, said);
}
