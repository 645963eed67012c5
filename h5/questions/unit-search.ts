/** Searching for a unit while somebody types: waits for a pause, and an early answer never overtakes a later one. */
import { ref, watch, type Ref } from 'vue';
import { isLongNumber } from '../base/long-number.ts';
import { searchUnits, type UnitLine } from './units.ts';

/** Fast typists are not answered at every key. */
const PAUSE_MS = 250;

export interface UnitSearch {
  words: Ref<string>;
  found: Ref<UnitLine[]>;
  /** `idle` before anything was typed, `failed` when nothing came back. */
  state: Ref<'idle' | 'searching' | 'done' | 'failed'>;
}

export function useUnitSearch(level: string): UnitSearch {
  const words = ref('');
  const found = ref<UnitLine[]>([]);
  const state = ref<'idle' | 'searching' | 'done' | 'failed'>('idle');
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function search(wanted: string, mine: number): Promise<void> {
    try {
      const lines = await searchUnits(wanted, level);
      if (mine !== round) return;
      found.value = lines;
      state.value = 'done';
    } catch {
      if (mine === round) state.value = 'failed';
    }
  }

  watch(words, (typed) => {
    round += 1;
    clearTimeout(timer);
    const wanted = typed.trim();
    if (wanted === '') {
      found.value = [];
      state.value = 'idle';
      return;
    }
    if (isLongNumber(wanted)) {
      found.value = [];
      state.value = 'done';
      return;
    }
    state.value = 'searching';
    timer = setTimeout(() => void search(wanted, round), PAUSE_MS);
  });
  return { words, found, state };
}
