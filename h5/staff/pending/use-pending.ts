/** The pending list: as many pages as were read, read again together, so that refreshing loses no place. */
import { computed, ref, shallowRef, type Ref } from 'vue';
import type { ListedCase, PendingView } from '../../../api/engine/cases/list.ts';
import { api, call } from '../../base/api.ts';
import { explain } from '../session.ts';
import type { View } from './place.ts';

export interface Filter {
  view: View;
  kind: string;
  words: string;
  /** Only people with a special-care flag. */
  flagged: boolean;
}

/** What the form above the list chooses. */
export type Narrowing = Pick<Filter, 'kind' | 'words' | 'flagged'>;

const pageOf = ({ view, kind, words, flagged }: Filter, after: string | null) =>
  call(
    api.pending.$get({
      query: {
        view,
        ...(kind && { kind }),
        ...(words && { words }),
        ...(flagged && { flagged: 'yes' as const }),
        ...(after && { after }),
      },
    }),
  );

export function usePending(filter: Ref<Filter>) {
  const lines = shallowRef<ListedCase[] | null>(null);
  const counts = shallowRef<Record<PendingView, number> | null>(null);
  const next = ref<string | null>(null);
  const pages = ref(1);
  const error = ref<string | null>(null);
  const loading = ref(false);
  const readAt = ref<string | null>(null);
  let round = 0;

  async function run(work: (mine: number) => Promise<void>): Promise<void> {
    round += 1;
    const mine = round;
    loading.value = true;
    try {
      await work(mine);
      if (mine === round) error.value = null;
    } catch (failure) {
      if (mine === round) error.value = explain(failure);
    } finally {
      if (mine === round) loading.value = false;
    }
  }

  /** Reads the first pages again. */
  const refresh = (wanted = pages.value) =>
    run(async (mine) => {
      const counted = call(api.pending.counts.$get());
      const found: ListedCase[] = [];
      let after: string | null = null;
      let count = 0;
      do {
        const page: { cases: ListedCase[]; next: string | null } = await pageOf(filter.value, after);
        found.push(...page.cases);
        after = page.next;
        count += 1;
      } while (after && count < wanted);
      const totals = await counted;
      if (mine !== round) return;
      [lines.value, next.value, pages.value, counts.value] = [found, after, count, totals];
      readAt.value = new Date().toISOString();
    });

  /** Reads one page further. */
  const more = () =>
    run(async (mine) => {
      const page = await pageOf(filter.value, next.value);
      if (mine !== round) return;
      lines.value = [...(lines.value ?? []), ...page.cases];
      next.value = page.next;
      pages.value += 1;
    });

  const isEmpty = computed(() => lines.value?.length === 0);
  return { lines, counts, next, pages, error, loading, readAt, isEmpty, refresh, more };
}

/** The first case of the list that was last looked at, other than this one. @throws Problem, Offline */
export async function nextCase(filter: Filter, number: string): Promise<ListedCase | null> {
  const { cases } = await pageOf(filter, null);
  return cases.find((one) => one.number !== number) ?? null;
}
