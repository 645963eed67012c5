/** One question being answered: what is typed is kept, saving waits out a lost network, and two phones never overwrite each other. */
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { DraftView, QuestionView } from '../../api/engine/drafts/view.ts';
import { canWait, Problem } from '../base/api.ts';
import { useBusy } from '../base/busy.ts';
import { fieldError, missing, type FieldError } from '../base/field-error.ts';
import { isSecret } from '../questions/index.ts';
import { saveAnswer } from './drafts.ts';
import { useOnScreen } from './outbox.ts';
import { useRetry } from './retry.ts';
import { forgetTyped, keepTyped, typedBefore } from './typed.ts';

/** The same question answered otherwise on another phone, both in words. */
export interface Conflict {
  mine: string;
  theirs: string;
  revision: number;
}

export interface Answering {
  value: Ref<unknown>;
  error: ShallowRef<FieldError | null>;
  conflict: ShallowRef<Conflict | null>;
  /** It was sent and nothing came back: it is sent again by itself. */
  waiting: Ref<boolean>;
  busy: Ref<boolean>;
  /** Saves a value, or what is there. */
  save(value?: unknown): Promise<void>;
  /** Gives up what waits, and shows the question as it is on the server. */
  discard(): void;
  /** Ends a conflict. */
  choose(whose: 'mine' | 'theirs'): Promise<void>;
}

interface Ways {
  /** The form in words, to name the answer on other pages. */
  title: string;
  /** After it was saved. */
  saved(draft: DraftView): Promise<void>;
  /** A refusal that is not about the answer itself (already submitted, signed out …). */
  refused(problem: Problem): Promise<void>;
}

export function useAnswering(draftId: string, question: QuestionView, ways: Ways): Answering {
  const { key, kind, revision } = question;
  const secret = isSecret(kind);
  useOnScreen(draftId, key);
  const title = `${ways.title} · ${question.label}`;
  const typed = typedBefore(draftId, key);
  const value = ref<unknown>(typed ? typed.value : question.value);
  const error = shallowRef<FieldError | null>(null);
  const conflict = shallowRef<Conflict | null>(null);
  const waiting = ref(typed?.waiting ?? false);
  const { busy, once } = useBusy();
  const retry = useRetry();
  let seen = typed?.seen ?? revision;

  // What waits is kept as it will be sent: it may go from another page.
  const keep = (): void => {
    const kept = waiting.value ? toSend(question, value.value) : value.value;
    keepTyped(draftId, key, { value: kept, seen, waiting: waiting.value, title }, secret);
  };
  watch(value, keep, { deep: true });

  function wait(on: boolean): void {
    waiting.value = on;
    if (on) retry.start(() => void send());
    else retry.stop();
  }

  async function send(): Promise<void> {
    await once(async () => {
      try {
        const draft = await saveAnswer(draftId, key, toSend(question, value.value), seen);
        wait(false);
        forgetTyped(draftId, key);
        await ways.saved(draft);
      } catch (failure) {
        await failed(failure);
      }
    });
  }

  async function failed(failure: unknown): Promise<void> {
    if (canWait(failure)) {
      wait(true);
      keep();
      return;
    }
    wait(false);
    if (!(failure instanceof Problem)) throw failure;
    keep();
    if (failure.code === 'bad-answer') error.value = fieldError(failure);
    else if (failure.code === 'answered-meanwhile') conflict.value = asConflict(failure);
    else if (failure.code === 'bad-request' || failure.code === 'too-large') error.value = missing(failure.message);
    else await ways.refused(failure);
  }

  if (waiting.value) wait(true);
  return {
    value,
    error,
    conflict,
    waiting,
    busy,
    async save(given = value.value) {
      value.value = given;
      error.value = null;
      await send();
    },
    discard() {
      wait(false);
      value.value = question.value;
      forgetTyped(draftId, key);
    },
    async choose(whose) {
      const { revision: theirs = seen } = conflict.value ?? {};
      conflict.value = null;
      if (whose === 'mine') {
        seen = theirs;
        await send();
        return;
      }
      forgetTyped(draftId, key);
      await ways.refused(new Problem(409, { code: 'theirs' }));
    },
  };
}

const asConflict = ({ more }: Problem): Conflict => ({
  mine: String(more['mine']),
  theirs: String(more['theirs']),
  revision: Number(more['revision']),
});

/** Nothing typed passes an optional question over; for a line of words it is an empty one, which the server can name. */
function toSend({ kind, optional }: QuestionView, value: unknown): unknown {
  const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (!isEmpty) return value;
  if (optional) return null;
  return kind === 'text' || kind === 'phone' || kind === 'idNumber' || kind === 'money' ? '' : null;
}
