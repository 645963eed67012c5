/**
 * Whom the page shown is about, when that is not simply the person acted for (a draft or a case names its own). Empty for a draft
 * about nobody known yet: whoever is acted for elsewhere must not stand above it.
 */
import { onUnmounted, shallowRef, watchEffect } from 'vue';

export const subjectShown = shallowRef<string | null>(null);

/** Names the subject of this page as long as it is shown; null until it is known which. */
export function useSubject(name: () => string | null | undefined): void {
  watchEffect(() => {
    subjectShown.value = name() ?? null;
  });
  onUnmounted(() => {
    subjectShown.value = null;
  });
}
