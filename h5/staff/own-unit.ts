/** Which of the reader's own units a page is about: it stands in the address, so that going back finds it; the first one without. */
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { posts } from './session.ts';

export function useOwnUnit(): { unit: ComputedRef<string>; choose: (unit: string) => void } {
  const route = useRoute();
  const router = useRouter();
  const unit = computed(() => String(route.query['unit'] ?? posts.value[0]?.unit.id ?? ''));
  const choose = (chosen: string) => void router.replace({ query: { ...route.query, unit: chosen } });
  return { unit, choose };
}
