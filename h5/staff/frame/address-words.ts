/** Words that are searched for and stand in the address of the page: no phone or identity number may. */
import { computed, ref, watch } from 'vue';
import { isLongNumber } from '../../base/long-number.ts';

/** @param words those of the address, which may change while somebody types */
export function useAddressWords(words: () => string) {
  const typed = ref(words());
  watch(words, (now) => {
    if (now !== typed.value.trim()) typed.value = now;
  });
  const refused = computed(() => isLongNumber(typed.value));
  /** What of it may stand there. */
  const kept = computed(() => (refused.value ? '' : typed.value.trim()));
  return { typed, refused, kept };
}
