/** The pending list: as many pages as were read, read again together, so that refreshing loses no place. */
import { computed, ref, shallowRef, type Ref } from 'vue';
import type { ListedCase, Page } from '../../../api/engine/cases/list.ts';
import type { PendingView } from '../../../api/engine/cases/pending.ts';
import { api, call } from '../../base/api.ts';
import { explain } from '../session.ts';
import type { Flagged, View } from './place.ts';

export interface Filter {
  view: View;
  kind: string;
  words: string;
  /** Only people with special care: with any, or with one. In no address: it says of people what only few may know. */
  flagged: Flagged;
}

/** What the form above the list chooses. */
export type Narrowing = Pick<Filter, 'kind' | 'words' | 'flagged'>;

/** One flag: whoever reads such a list is written down. */
export const isRecorded = (flagged: Flagged): boolean => flagged !== '' && flagged !== 'any';

function pageOf({ view, kind, words, flagged }: Filter, after: string | null): Promise<Page> {
  const asked = { view, ...(kind && { kind }), ...(words && { words }), ...(after && { after }) };
  if (flagged === '' || flagged === 'any')
    return call(api.pending.$get({ query: { ...asked, ...(flagged && { flagged }) } }));
  return call(api.pending['by-flag'].$post({ json: { ...asked, flagged } }));
}

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
        const page: Page = await pageOf(filter.value, after);
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
  // Of a whole page it would be written down that somebody read it, and only one of it is shown.
  if (isRecorded(filter.flagged)) return null;
  const { cases } = await pageOf(filter, null);
  return cases.find((one) => one.number !== number) ?? null;
}
