/** Something tried on a page, one at a time: why it was refused, and what is said when it went. */
import { ref, type Ref } from 'vue';
import { useBusy } from '../base/busy.ts';
import { explain } from './session.ts';

export interface Attempt {
  busy: Ref<boolean>;
  /** In the reader's words; null when nothing was refused. */
  refusal: Ref<string | null>;
  /** What was done, for the page's status line. */
  news: Ref<string>;
  /** Tries it unless something else is under way. */
  attempt(act: () => Promise<unknown>, done?: string): Promise<void>;
}

export function useAttempt(): Attempt {
  const { busy, once } = useBusy();
  const refusal = ref<string | null>(null);
  const news = ref('');
  const attempt = (act: () => Promise<unknown>, done = '') =>
    once(async () => {
      [refusal.value, news.value] = [null, ''];
      try {
        await act();
        news.value = done;
      } catch (failure) {
        refusal.value = explain(failure);
      }
    });
  return { busy, refusal, news, attempt };
}
