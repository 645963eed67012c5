/** Does something on a staff page, one thing at a time, and says how it went: `SaidNote.vue` shows it. */
import { ref, type Ref } from 'vue';
import { useBusy } from '../base/busy.ts';
import { explain } from './session.ts';

export interface Said {
  text: string;
  bad: boolean;
}

interface Saying {
  said: Ref<Said | null>;
  busy: Ref<boolean>;
  /** Says what the work comes to; of a refusal, why. */
  tried(work: () => Promise<string | null>): Promise<void>;
  /** Says what is missing before anything is sent. */
  complain(text: string): void;
}

export function useSaying(): Saying {
  const said = ref<Said | null>(null);
  const { busy, once } = useBusy();
  return {
    said,
    busy,
    tried: (work) =>
      once(async () => {
        try {
          const text = await work();
          said.value = text === null ? null : { text, bad: false };
        } catch (failure) {
          said.value = { text: explain(failure), bad: true };
        }
      }),
    complain(text) {
      said.value = { text, bad: true };
    },
  };
}
