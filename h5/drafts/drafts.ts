/** The drafts seen since the pages opened: saving an answer brings the next question, which is shown without another call. */
import type { DraftView, QuestionView } from '../../api/engine/drafts/view.ts';
import { api, call } from '../base/api.ts';

const seen = new Map<string, DraftView>();

export const rememberDraft = (draft: DraftView): DraftView => {
  seen.set(draft.id, draft);
  return draft;
};
export const forgetDrafts = (): void => seen.clear();
export const forgetDraft = (id: string): void => {
  seen.delete(id);
};

/** A draft, from the last answer's response if there was one. @throws Problem, Offline */
export async function draftById(id: string): Promise<DraftView> {
  const known = seen.get(id);
  return known ?? rememberDraft(await call(api.drafts[':id'].$get({ param: { id } })));
}

/** One question of a draft: the next one, or one to be changed. @throws Problem, Offline */
export async function questionOf(draft: DraftView, key: string): Promise<QuestionView> {
  if (draft.next?.key === key) return draft.next;
  return call(api.drafts[':id'].questions[':key'].$get({ param: { id: draft.id, key } }));
}

/** Saves one answer and gives the draft with its next question. @throws Problem, Offline */
export async function saveAnswer(id: string, key: string, value: unknown, known: number): Promise<DraftView> {
  const answers = { [key]: { value, seen: known } };
  return rememberDraft(await call(api.drafts[':id'].answers.$put({ param: { id }, json: { answers } })));
}

/** Where a draft goes on: its next question, else the check; or the page that says why it ends here. */
export const onwards = ({ id, next, stopped }: DraftView): string =>
  `/d/${id}/${stopped ? 'stopped' : (next?.key ?? 'check')}`;

/** The step before a question: the one answered before it, else the guide (or the case, for a resubmission). */
export function backFrom(draft: DraftView, key: string | null): string {
  const index = key === null ? draft.answers.length : draft.answers.findIndex((one) => one.key === key);
  const before = draft.answers.at((index < 0 ? draft.answers.length : index) - 1);
  if (before && index !== 0) return `/d/${draft.id}/${before.key}`;
  return draft.case ? `/c/${draft.case.number}` : `/s/${draft.kind}`;
}
