/** Who did what, the last first, a page of the server at a time. */
import { computed, onMounted, ref, type ComputedRef } from 'vue';
import { useLoad, type Load } from './load.ts';

/** A page of the server. */
const PAGE = 20;

export interface History<T> extends Omit<Load<T[]>, 'loading'> {
  isMore: ComputedRef<boolean>;
  more(): void;
}

/** `read` is asked for what was before a line, or for the last ones. */
export function useHistory<T extends { id: string }>(read: (before?: string) => Promise<T[]>): History<T> {
  const before = ref<string | undefined>();
  const reading: Load<T[]> = useLoad(async () => {
    const page = await read(before.value);
    return before.value ? [...(reading.value.value ?? []), ...page] : page;
  });
  const { value, error } = reading;
  function load(): Promise<void> {
    before.value = undefined;
    return reading.load();
  }
  function more(): void {
    before.value = value.value?.at(-1)?.id;
    void reading.load();
  }
  onMounted(load);
  return { value, error, load, more, isMore: computed(() => (value.value?.length ?? 0) % PAGE === 0) };
}
