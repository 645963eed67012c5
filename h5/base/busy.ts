/** One thing at a time: a second tap while the first is under way does nothing. */
import { ref, type Ref } from 'vue';

export interface Busy {
  /** Whether something is under way, to be shown. */
  busy: Ref<boolean>;
  /** Runs the work unless something is under way. */
  once(work: () => Promise<void>): Promise<void>;
}

export function useBusy(): Busy {
  const busy = ref(false);
  return {
    busy,
    async once(work) {
      if (busy.value) return;
      busy.value = true;
      try {
        await work();
      } finally {
        busy.value = false;
      }
    },
  };
}
