/** Which unit and year the care pages show: those of the address, else the reader's own unit and this year. */
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { dayFromToday } from '../../base/days.ts';
import { posts } from '../session.ts';

export function useScope() {
  const route = useRoute();
  const router = useRouter();
  const thisYear = Number(dayFromToday(0).slice(0, 4));
  const unit = computed(() => String(route.query['unit'] ?? posts.value[0]?.unit.id ?? ''));
  const year = computed(() => Number(route.query['year'] ?? thisYear));
  const isLead = computed(() => posts.value.some((post) => post.unit.id === unit.value && post.role === 'lead'));
  const worksHere = computed(() => posts.value.some((post) => post.unit.id === unit.value));
  const change = (more: Record<string, string>) => void router.replace({ query: { ...route.query, ...more } });
  /** To go along to another care page. */
  const query = computed(() => ({ unit: unit.value, year: String(year.value) }));
  return { unit, year, thisYear, isLead, worksHere, query, change };
}
