/** Whom the page shown is about, when that is not simply the person acted for: a draft or a case names its own, or nobody (''). */
import { onUnmounted, shallowRef, watchEffect } from 'vue';

export const subjectShown = shallowRef<string | null>(null);

/** Names the subject of this page as long as it is shown; '' for a page that is about nobody whom the reader acts for. */
export function useSubject(name: () => string | null | undefined): void {
  watchEffect(() => {
    subjectShown.value = name() ?? null;
  });
  onUnmounted(() => {
    subjectShown.value = null;
  });
}
