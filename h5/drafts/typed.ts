/** What was typed and not yet saved, kept on the phone: a dead battery or a lost network loses nothing. */
import { forget, keysBeginning, recall, remember } from '../base/memory.ts';

export interface Typed {
  value: unknown;
  /** The revision of the answer that was seen when typing began. */
  seen: number;
  /** It was sent and nothing came back: it is sent again when the network returns. */
  waiting: boolean;
}

const keyOf = (draft: string, question: string) => `typed:${draft}:${question}`;

/** @param secret identity numbers: kept only as long as the tab */
export function keepTyped(draft: string, question: string, typed: Typed, secret: boolean): void {
  remember(keyOf(draft, question), JSON.stringify(typed), secret ? 'here' : 'lasting');
}

export function typedBefore(draft: string, question: string): Typed | null {
  const text = recall(keyOf(draft, question)) ?? recall(keyOf(draft, question), 'here');
  try {
    return text ? (JSON.parse(text) as Typed) : null;
  } catch {
    return null;
  }
}

export const forgetTyped = (draft: string, question: string): void => forget(keyOf(draft, question));

/** Answers that wait for the network, over all drafts. */
export function waitingAnswers(): { draft: string; question: string }[] {
  return keysBeginning('typed:').flatMap((key) => {
    const [, draft = '', question = ''] = key.split(':');
    return typedBefore(draft, question)?.waiting ? [{ draft, question }] : [];
  });
}
