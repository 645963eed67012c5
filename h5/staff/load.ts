/** Something read from the server for a page: what it is, whether it is under way, and what went wrong. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { explain } from './session.ts';

export interface Load<T> {
  value: ShallowRef<T | null>;
  error: Ref<string | null>;
  loading: Ref<boolean>;
  /** Reads (again). What was shown stays until the new is there; an early answer never overtakes a later one. */
  load(): Promise<void>;
}

export function useLoad<T>(read: () => Promise<T>): Load<T> {
  const value = shallowRef<T | null>(null);
  const error = ref<string | null>(null);
  const loading = ref(false);
  let round = 0;
  async function load(): Promise<void> {
    round += 1;
    const mine = round;
    loading.value = true;
    try {
      const found = await read();
      if (mine !== round) return;
      value.value = found;
      error.value = null;
    } catch (failure) {
      if (mine === round) error.value = explain(failure);
    } finally {
      if (mine === round) loading.value = false;
    }
  }
  return { value, error, loading, load };
}
