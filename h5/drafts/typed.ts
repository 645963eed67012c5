/** What was typed and not yet saved, kept on the phone: a dead battery or a lost network loses nothing. */
import { forget, keysBeginning, recall, remember } from '../base/memory.ts';

export interface Typed {
  value: unknown;
  /** The revision of the answer that was seen when typing began. */
  seen: number;
  /** It was sent and nothing came back: it is sent again when the network returns. */
  waiting: boolean;
  /** The form and the question in words, to be named on other pages. */
  title?: string;
  /** It was sent from another page and refused, for this reason: the person has to look. */
  refused?: string;
}

/** An application that was handed in and not heard of: it goes again when the network returns. */
export interface HandedIn {
  title: string;
  /** What goes: the revision that was checked, and the version of a case that it belongs to. */
  body: { checked: number; version?: number };
  refused?: string;
}

const TYPED = 'typed:';
/** Under the same beginning, so that signing out forgets both; no question is called so. */
const HANDED_IN = '*';
const keyOf = (draft: string, question: string) => `${TYPED}${draft}:${question}`;

/** @param secret identity numbers: kept only as long as the tab */
export function keepTyped(draft: string, question: string, typed: Typed, secret: boolean): void {
  remember(keyOf(draft, question), JSON.stringify(typed), secret ? 'here' : 'lasting');
}

export const typedBefore = (draft: string, question: string): Typed | null => parsed(keyOf(draft, question));
export const forgetTyped = (draft: string, question: string): void => forget(keyOf(draft, question));

export const keepHandedIn = (draft: string, it: HandedIn): void =>
  remember(keyOf(draft, HANDED_IN), JSON.stringify(it));
export const handedIn = (draft: string): HandedIn | null => parsed(keyOf(draft, HANDED_IN));
export const forgetHandedIn = (draft: string): void => forget(keyOf(draft, HANDED_IN));

function parsed<Kept>(key: string): Kept | null {
  const text = recall(key) ?? recall(key, 'here');
  try {
    return text ? (JSON.parse(text) as Kept) : null;
  } catch {
    return null;
  }
}

const all = (): { draft: string; question: string }[] =>
  keysBeginning(TYPED).map((key) => {
    const [, draft = '', question = ''] = key.split(':');
    return { draft, question };
  });

/** Answers that wait for the network or were refused without anybody looking, over all drafts. */
export const unsettledAnswers = (): { draft: string; question: string; typed: Typed }[] =>
  all().flatMap(({ draft, question }) => {
    const typed = question === HANDED_IN ? null : typedBefore(draft, question);
    return typed && (typed.waiting || typed.refused !== undefined) ? [{ draft, question, typed }] : [];
  });

/** Answers that wait for the network, over all drafts. */
export const waitingAnswers = (): { draft: string; question: string }[] =>
  unsettledAnswers().filter(({ typed }) => typed.waiting);

/** Applications that were handed in and not heard of. */
export const unsettledApplications = (): { draft: string; it: HandedIn }[] =>
  all().flatMap(({ draft, question }) => {
    const it = question === HANDED_IN ? handedIn(draft) : null;
    return it ? [{ draft, it }] : [];
  });
