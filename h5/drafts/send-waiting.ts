/** Sends the answers that wait for the network, whatever page is open: when the pages open, and when the network returns. */
import { canWait } from '../base/api.ts';
import { saveAnswer } from './drafts.ts';
import { forgetTyped, keepTyped, typedBefore, waitingAnswers } from './typed.ts';

export function sendWaitingAnswers(): void {
  addEventListener('online', () => void sendAll());
  void sendAll();
}

async function sendAll(): Promise<void> {
  for (const { draft, question } of waitingAnswers()) {
    if (!(await send(draft, question))) return;
  }
}

/** @returns whether it is worth sending the next */
async function send(draft: string, question: string): Promise<boolean> {
  const typed = typedBefore(draft, question);
  if (!typed) return true;
  try {
    await saveAnswer(draft, question, typed.value, typed.seen);
    forgetTyped(draft, question);
    return true;
  } catch (failure) {
    if (canWait(failure)) return false;
    // Refused: it is shown, with the reason, when the person comes back to the question and sends it again.
    keepTyped(draft, question, { ...typed, waiting: false }, false);
    return true;
  }
}
