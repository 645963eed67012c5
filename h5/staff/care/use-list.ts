/** One list as it is worked on: what was changed on the page and not yet saved, and every step that it can take. */
import { computed, reactive, ref } from 'vue';
import type { Refused } from '../../../api/care/errors.ts';
import type { BatchRow, BatchView } from '../../../api/care/read-batches.ts';
import { api, call, Problem } from '../../base/api.ts';
import { useBusy } from '../../base/busy.ts';
import { t } from '../../base/texts.ts';
import { useLoad } from '../load.ts';
import { explain } from '../session.ts';
import { fenOf, yuan } from './money.ts';

export interface Edited {
  chosen: boolean;
  form: BatchRow['form'];
  sum: string;
}

export function useList(id: string) {
  const param = { id };
  const { value: list, error, load: read } = useLoad<BatchView>(() => call(api.care.batches[':id'].$get({ param })));
  const edited = reactive(new Map<string, Edited>());
  const refusal = ref<string | null>(null);
  const refused = ref<Refused[]>([]);
  const done = ref<string | null>(null);
  const { busy, once } = useBusy();

  async function load(): Promise<void> {
    await read();
    edited.clear();
    for (const { retireeId, chosen, form, fen } of list.value?.rows ?? [])
      edited.set(retireeId, { chosen, form, sum: yuan(fen) });
  }

  const changed = computed(() =>
    (list.value?.rows ?? []).flatMap(({ retireeId, chosen, form, fen }) => {
      const now = edited.get(retireeId);
      if (!now || (now.chosen === chosen && now.form === form && now.sum === yuan(fen))) return [];
      return [{ retireeId, chosen: now.chosen, form: now.form, fen: fenOf(now.sum) ?? -1 }];
    }),
  );
  const chosen = computed(() => [...edited.values()].filter((row) => row.chosen));
  const total = computed(() => chosen.value.reduce((sum, row) => sum + (fenOf(row.sum) ?? 0), 0));

  const isMistyped = computed(() => changed.value.some(({ fen }) => fen < 0));

  /** Runs a step, says how it went, and shows the list as it now is. */
  const step = (work: () => Promise<string>) =>
    once(async () => {
      [refusal.value, done.value] = [isMistyped.value ? t('care:list.needSum') : null, null];
      refused.value = [];
      if (isMistyped.value) return;
      try {
        done.value = await work();
        await load();
      } catch (failure) {
        refusal.value = explain(failure);
        if (!(failure instanceof Problem)) return;
        if (failure.code === 'batch-refused') refused.value = failure.more['refused'] as Refused[];
        if (failure.code === 'batch-changed') await load();
      }
    });

  /** @returns the version to be named next */
  async function saveChanges(): Promise<number> {
    if (changed.value.length > 0) {
      const version = list.value?.version ?? 0;
      await call(api.care.batches[':id'].$put({ param, json: { version, rows: changed.value } }));
      // Whatever comes next may be refused: what was saved is saved.
      await load();
    }
    return list.value?.version ?? 0;
  }

  return {
    list,
    error,
    load,
    edited,
    changed,
    chosen,
    total,
    refusal,
    refused,
    done,
    busy,
    step,
    save: () =>
      step(async () => {
        await saveChanges();
        return t('care:list.saved');
      }),
    approve: (without: string[] = []) =>
      step(async () => {
        const version = await saveChanges();
        const given = await call(api.care.batches[':id'].approve.$post({ param, json: { version, without } }));
        return t('care:list.approved', { count: given.people, sum: yuan(given.fen) });
      }),
    drop: () =>
      step(async () => {
        await call(api.care.batches[':id'].drop.$post({ param, json: { version: list.value?.version ?? 0 } }));
        return t('care:list.dropped');
      }),
  };
}
