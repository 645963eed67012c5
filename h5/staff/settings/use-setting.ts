/** A page of settings after something was saved: read again with its history; what was typed is forgotten when it was outdated. */
import { ref, useTemplateRef, type Ref } from 'vue';

export interface ReadAgain {
  /** Counts up when what was typed is to be forgotten. */
  round: Ref<number>;
  readAgain(): Promise<void>;
  startAnew(): Promise<void>;
}

/** `load` reads the page; its `SettingHistory` has the ref `history`. */
export function useSetting(load: () => Promise<void>): ReadAgain {
  const history = useTemplateRef<{ load(): Promise<void> }>('history');
  const round = ref(0);
  async function readAgain(): Promise<void> {
    await Promise.all([load(), history.value?.load()]);
  }
  async function startAnew(): Promise<void> {
    await readAgain();
    round.value += 1;
  }
  return { round, readAgain, startAnew };
}
