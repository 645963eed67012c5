/** Cases: lists, one case as its reader sees it, and the verbs as buttons. */
import type { CaseDetails } from '../../../api/engine/cases/shapes.ts';
import type { Verb } from '../../../api/engine/verbs.ts';
import { say } from '../../../locales/index.ts';
import { background } from '../background.ts';
import { askedCard, isAsked } from '../asked.ts';
import { askSure, caseButton, myCase, myCases } from '../cases.ts';
import { chooseColleague } from '../colleagues.ts';
import { headingOf } from '../heading.ts';
import { message, type Message, type Turn } from '../message.ts';
import { aside } from '../navigation.ts';
import { isForStaff, staffCard } from '../staff.ts';
import type { TapOf } from '../taps.ts';
import { togetherDone, togetherPreview } from '../together.ts';
import { caseAfter, sayDone } from './deciding.ts';
import { ownTellable, standing } from './standing.ts';
import { sendToFactor } from './posting.ts';
import { Refused, take, type Talk } from './talk.ts';

/** Verbs that leave the case where it stands: the card is shown again. */
const stays: readonly string[] = ['claim', 'hand-back'];

export async function listCases(talk: Talk, before?: number): Promise<Message> {
  const query = before ? { after: new Date(before).toISOString() } : {};
  return myCases(talk.locale, await take(talk.api.api.cases.$get({ query })));
}

const readCase = async (talk: Talk, number: string): Promise<CaseDetails> =>
  take(talk.api.api.cases[':number'].$get({ param: { number } }));

/** A case, as a card for staff or with its progress for everybody else. */
export async function showCase(talk: Talk, number: string, before: string | null = null): Promise<Message> {
  const details = await readCase(talk, number);
  if (isAsked(details) || isForStaff(details)) return cardOf(talk, details, before);
  return myCase(talk.locale, details, before, `${talk.baseUrl}/c/${number}`);
}

/** The card that comes with a notice; `head` are the notice's words. Whoever may decide nothing gets the words alone. */
export async function noticeCard(talk: Talk, number: string, head: string): Promise<Message> {
  try {
    return await cardOf(talk, await readCase(talk, number), head);
  } catch (error) {
    // Whose post waits for the second factor hears that there is something, and nothing of whom it is about.
    const waits = error instanceof Refused && (await sendToFactor(talk, say(talk.locale, 'chat:factor.card')));
    if (!waits) throw error;
    return waits;
  }
}

async function cardOf(talk: Talk, details: CaseDetails, head: string | null = null): Promise<Message> {
  // What a retiree is asked to verify has no answers, and no service by its name.
  const may = details.answers.length > 0 ? await ownTellable(talk, details.kind) : new Set<string>();
  if (details.asked) return askedCard(talk.locale, details, may, head);
  return staffCard(talk.locale, details, may, `${talk.baseUrl}/staff/c/${details.number}`, head);
}

/** What stands behind a case, for whoever reads it as staff; for everybody else the case itself. */
export async function showBackground(talk: Talk, number: string): Promise<Message> {
  const details = await readCase(talk, number);
  return details.staffSide ? background(talk.locale, details) : showCase(talk, number);
}

/** A verb's button: one tap when it asks nothing; else its questions, one by one. */
export async function useVerb(talk: Talk, { number, version, verb, sure }: TapOf<'verb'>): Promise<Turn> {
  const { locale, api } = talk;
  const details = await readCase(talk, number);
  const offered = details.version === version ? details.verbs.find((one) => one.verb === verb) : undefined;
  if (offered && !sure) return { say: [askSure(locale, details, offered)] };
  if (offered?.verb === 'assign') return { edit: await offerColleagues(talk, details, 0) };
  if (offered && (offered.questions.length > 0 || verb === 'resubmit')) {
    const draft = await take(
      api.api.cases[':number'].drafts.$post({ param: { number }, json: { verb: offered.verb } }),
    );
    return { say: [await standing(talk, draft)] };
  }
  const refused = await useNow(talk, number, verb as Verb, { version });
  if (refused) return refused;
  const label = offered?.label ?? say(locale, `engine:verbs.${verb}.done`);
  if (stays.includes(verb)) return { toast: label, edit: await showCase(talk, number) };
  const after = (await caseAfter(talk, number)) ?? { ...details, verbs: [] };
  const done = await sayDone(talk, after, label);
  if (!after.staffSide) return { toast: label, edit: done };
  // Below the card, which is settled with everybody else's a moment later and would take the buttons with it.
  return { toast: label, mark: say(locale, 'chat:answers.chosen', { shown: label }), say: [done] };
}

/** Uses a verb that asks nothing more. @returns why not, when somebody was quicker or it is not theirs: the API's words say who and what */
async function useNow(
  { api, locale }: Talk,
  number: string,
  verb: Verb,
  json: { version: number; answers?: Record<string, { value: unknown }> },
): Promise<Turn | null> {
  try {
    await take(api.api.cases[':number'][':verb'].$post({ param: { number, verb }, json }));
    return null;
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    const look = caseButton(say(locale, 'chat:cases.look'), number);
    return { toast: error.title, edit: message(error.title, [look], aside(locale)) };
  }
}

async function offerColleagues(talk: Talk, details: CaseDetails, from: number): Promise<Message> {
  const colleagues = await take(talk.api.api.colleagues.$get({ query: { unit: details.unit.id } }));
  return chooseColleague(talk.locale, details, colleagues, from);
}

/** More colleagues of the unit that has the case. */
export const pageColleagues = async (talk: Talk, { number, from }: TapOf<'colleagues'>): Promise<Turn> => ({
  edit: await offerColleagues(talk, await readCase(talk, number), from),
});

/** Assigns a case to a colleague, who is told; the card stands there again. */
export async function assignTo(talk: Talk, { number, version, to }: TapOf<'assign'>): Promise<Turn> {
  // Whoever does not see the case hears so before anything names it.
  await readCase(talk, number);
  const refused = await useNow(talk, number, 'assign', { version, answers: { to: { value: to } } });
  if (refused) return refused;
  return { toast: say(talk.locale, 'engine:verbs.assign.done'), edit: await showCase(talk, number) };
}

const previewOf = (talk: Talk, cases: TapOf<'together'>['cases']) =>
  take(talk.api.api.pending.together.preview.$post({ json: { numbers: cases.map(({ number }) => number) } }));

/** Several alike looked at before they are decided: a message of its own, so that the list stays. */
export async function lookTogether(talk: Talk, { cases }: TapOf<'together'>): Promise<Turn> {
  const preview = await previewOf(talk, cases);
  const kind = preview.cases.find(({ why }) => why === null)?.line?.kind;
  const may = kind ? await ownTellable(talk, kind) : new Set<string>();
  return { say: [togetherPreview(talk.locale, preview, may)] };
}

/** Decides them as they were looked at. What a colleague did meanwhile stays done, and is said. */
export async function decideTogether(talk: Talk, { cases }: TapOf<'decide'>): Promise<Turn> {
  const { locale, api } = talk;
  const seen = await previewOf(talk, cases);
  const heads = new Map(seen.cases.flatMap(({ number, line }) => (line ? [[number, headingOf(locale, line)]] : [])));
  const results = await take(api.api.pending.together.$post({ json: { cases: [...cases] } }));
  const done = togetherDone(locale, results, heads);
  return {
    toast: say(locale, 'staff:pending.together.done', { count: results.filter((one) => one.done).length }),
    edit: done,
  };
}
