/** Submitting what was checked: an application gets its number, a decision is carried out. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import type { ListedCase } from '../../../api/engine/cases/list.ts';
import type { CaseDetails } from '../../../api/engine/cases/shapes.ts';
import { say } from '../../../locales/index.ts';
import { caseButton, confirmation, verbDone } from '../cases.ts';
import { resumeButton } from '../menus.ts';
import { lines, message, type Message, type Turn } from '../message.ts';
import { aside } from '../navigation.ts';
import type { TapOf } from '../taps.ts';
import { standing } from './standing.ts';
import { Refused, take, type Talk } from './talk.ts';

/** What a submission names: the revision that was checked and, for a decision, the case's version. */
interface Checked {
  id: string;
  revision: number;
  version: number;
  verb: string;
}

/** The submit button of a check list. */
export async function submitTap(talk: Talk, { draft, revision, version, verb }: TapOf<'submit'>): Promise<Turn> {
  const shown = await carryOut(talk, { id: draft, revision, version, verb });
  return { mark: say(talk.locale, 'chat:answers.chosen', { shown: '' }).trim(), say: [shown] };
}

/** Submits a draft as it stands. */
export const submit = (talk: Talk, draft: DraftView): Promise<Message> =>
  carryOut(talk, { id: draft.id, revision: draft.revision, version: draft.case?.version ?? 0, verb: draft.verb ?? '' });

async function carryOut(talk: Talk, { id, revision, version, verb }: Checked): Promise<Message> {
  const { api, locale } = talk;
  delete talk.memory.changing;
  try {
    const json = { checked: revision, ...(version > 0 && { version }) };
    const { number } = await take(api.api.drafts[':id'].submit.$post({ param: { id }, json }));
    if (verb === 'rate') return message(say(locale, 'chat:submitted.rated'), aside(locale));
    const details = await caseAfter(talk, number);
    if (!details) return passedOn(talk, number, verb);
    if (verb && verb !== 'resubmit') return await sayDone(talk, details, await labelOf(talk, details, verb));
    const drafts = await take(api.api.drafts.$get());
    return confirmation(
      locale,
      details,
      drafts.map((draft) => resumeButton(locale, draft)),
    );
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    return refusal(talk, id, verb, error);
  }
}

/** The case as it is now; null when it has left this person's hands (forwarded to another community). */
export const caseAfter = (talk: Talk, number: string): Promise<CaseDetails | null> =>
  take(talk.api.api.cases[':number'].$get({ param: { number } })).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  });

/** What a verb came to, and for staff the next case. */
export async function sayDone(talk: Talk, details: CaseDetails, label: string): Promise<Message> {
  const next = details.staffSide ? await nextCase(talk, details.number) : null;
  return verbDone(talk.locale, details, label, next);
}

/** What is due first at one's own unit and in nobody else's hands; without the list the chat works all the same. */
async function nextCase({ api }: Talk, number: string): Promise<ListedCase | null> {
  const { cases } = await take(api.api.pending.$get({ query: { view: 'unit' } })).catch(() => ({ cases: [] }));
  return cases.find((one) => one.number !== number && (one.claimedBy?.me ?? true)) ?? null;
}

function passedOn({ locale }: Talk, number: string, verb: string): Message {
  const done = say(locale, 'chat:verbs.done', { verb: say(locale, `engine:verbs.${verb || 'join'}.done`) });
  const spoken = number.replaceAll(/(\d{3})(?=\d)/g, '$1 ');
  return message(lines(say(locale, 'chat:cases.number', { number: spoken }), done), aside(locale));
}

/** The words that the last event of this verb stands under. */
const labelOf = async (talk: Talk, { timeline }: CaseDetails, verb: string): Promise<string> =>
  timeline.findLast((entry) => entry.verb === verb)?.what ?? say(talk.locale, `engine:verbs.${verb}.done`);

/** Why it could not be submitted. A decision that came too late is given up; anything else is asked again. */
async function refusal(talk: Talk, id: string, verb: string, error: Refused): Promise<Message> {
  const { api, locale } = talk;
  const number = typeof error.more['number'] === 'string' ? error.more['number'] : null;
  if (error.code === 'already-submitted')
    return message(error.title, number ? [caseButton(say(locale, 'chat:cases.look'), number)] : [], aside(locale));
  const draft = (await take(api.api.drafts[':id'].$get({ param: { id } })).catch(() => null)) as DraftView | null;
  if (!draft) return message(error.title, aside(locale));
  const tooLate = ['stale-case', 'not-now', 'not-allowed', 'not-found'].includes(error.code);
  if (!verb || !tooLate || !draft.case) return standing(talk, draft, error.title);
  await api.api.drafts[':id'].$delete({ param: { id } });
  return message(error.title, [caseButton(say(locale, 'chat:cases.look'), draft.case.number)], aside(locale));
}
