/**
 * What was given without a network goes by itself, whatever page is open: when the pages open, when the network returns, and now and
 * then, because phones do not always notice. Where each stands is told on every page until it is settled (`OutboxNote.vue`). Sending
 * twice changes nothing: the same answer is no change, and a draft becomes one case.
 */
import { onUnmounted, shallowRef } from 'vue';
import { api, call, canWait, Problem } from '../base/api.ts';
import { t } from '../base/texts.ts';
import { forgetDraft, saveAnswer } from './drafts.ts';
import {
  forgetHandedIn,
  forgetTyped,
  handedIn,
  keepHandedIn,
  keepTyped,
  typedBefore,
  unsettledAnswers,
  unsettledApplications,
} from './typed.ts';

const EVERY_MS = 15_000;

/** One answer, or (`question` null) a whole application. */
export interface Sending {
  draft: string;
  question: string | null;
  title: string;
  state: 'waiting' | 'sent' | 'needs-you';
  /** Why it was refused. */
  reason: string | null;
  /** The number of the case, once an application has one. */
  number: string | null;
}

/** Everything that is not settled, and what was sent since the pages opened until the person has read it. */
export const outbox = shallowRef<Sending[]>([]);
const keyOf = ({ draft, question }: Pick<Sending, 'draft' | 'question'>): string => `${draft}:${question ?? '*'}`;
/** What is on the screen tells and sends itself. */
const onScreen = new Set<string>();
let sent: Sending[] = [];

function refresh(): void {
  const state = (refused?: string) =>
    ({ state: refused === undefined ? 'waiting' : 'needs-you', reason: refused ?? null, number: null }) as const;
  const open: Sending[] = [
    ...unsettledAnswers().map(({ draft, question, typed }) => ({
      draft,
      question,
      title: typed.title ?? '',
      ...state(typed.refused),
    })),
    ...unsettledApplications().map(({ draft, it }) => ({
      draft,
      question: null,
      title: it.title,
      ...state(it.refused),
    })),
  ];
  outbox.value = [...open.filter((one) => !onScreen.has(keyOf(one))), ...sent];
}

/** This page shows the answer (or the check of the application) and sends it itself, as long as it stands. */
export function useOnScreen(draft: string, question: string | null): void {
  const key = keyOf({ draft, question });
  onScreen.add(key);
  refresh();
  onUnmounted(() => {
    onScreen.delete(key);
    refresh();
  });
}

export function startOutbox(): void {
  addEventListener('online', () => void sendAll());
  setInterval(() => void sendAll(), EVERY_MS);
  void sendAll();
}

let sending: Promise<void> | null = null;
/** Sends whatever waits, one after the other; two that begin at once are one. */
async function sendAll(): Promise<void> {
  sending ??= inOrder().finally(() => {
    sending = null;
  });
  await sending;
}

async function inOrder(): Promise<void> {
  refresh();
  for (const one of outbox.value) {
    if (one.state === 'waiting' && !(await send(one))) return;
  }
}

/** Sends one again that was refused, or waits. @returns whether it is worth sending the next */
export async function send(one: Sending): Promise<boolean> {
  try {
    const number = one.question === null ? await sendApplication(one.draft) : await sendAnswer(one.draft, one.question);
    sent = [...sent, { ...one, state: 'sent', reason: null, number }];
    return true;
  } catch (failure) {
    if (canWait(failure)) return false;
    note(one, failure instanceof Problem && failure.message !== '' ? failure.message : t('offline.refused'));
    return true;
  } finally {
    refresh();
  }
}

async function sendAnswer(draft: string, question: string): Promise<null> {
  const typed = typedBefore(draft, question);
  if (typed) await saveAnswer(draft, question, typed.value, typed.seen);
  forgetTyped(draft, question);
  return null;
}

async function sendApplication(draft: string): Promise<string> {
  const json = handedIn(draft)?.body ?? { checked: 0 };
  const { number } = await call(api.drafts[':id'].submit.$post({ param: { id: draft }, json }));
  forgetHandedIn(draft);
  forgetDraft(draft);
  return number;
}

/** Refused: the reason stands there until the person sends it again, changes it or gives it up. */
function note({ draft, question }: Sending, refused: string): void {
  if (question === null) {
    const it = handedIn(draft);
    if (it) keepHandedIn(draft, { ...it, refused });
    return;
  }
  const typed = typedBefore(draft, question);
  if (typed) keepTyped(draft, question, { ...typed, waiting: false, refused }, false);
}

/** Gives it up; of what was sent, only the word about it. */
export function discard(one: Sending): void {
  if (one.state === 'sent') sent = sent.filter((other) => other !== one);
  else if (one.question === null) forgetHandedIn(one.draft);
  else forgetTyped(one.draft, one.question);
  refresh();
}
