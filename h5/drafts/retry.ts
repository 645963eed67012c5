/** Tries something again when the network comes back, and every few seconds, because phones do not always notice. */
import { onUnmounted } from 'vue';

const EVERY_MS = 5000;

export interface Retry {
  /** Begins to try; stops by itself when the page is left. */
  start(again: () => void): void;
  stop(): void;
}

export function useRetry(): Retry {
  let stopNow: (() => void) | null = null;
  const stop = (): void => {
    stopNow?.();
    stopNow = null;
  };
  onUnmounted(stop);
  return {
    start(again) {
      stop();
      const timer = setInterval(again, EVERY_MS);
      addEventListener('online', again);
      stopNow = () => {
        clearInterval(timer);
        removeEventListener('online', again);
      };
    },
    stop,
  };
}
