/** Several cases chosen from the list, to be decided at once: what is ticked, what it would do, and what became of it. */
import { computed, ref, shallowRef } from 'vue';
import type { TogetherPreview, TogetherResults } from '../../../api/engine/cases/together.ts';
import { api, call } from '../../base/api.ts';
import { useBusy } from '../../base/busy.ts';
import { explain } from '../session.ts';

/** A page of the list; the server takes no more. */
export const MOST = 20;

export function useTogether() {
  /** Whether the list shows boxes to tick. */
  const choosing = ref(false);
  const chosen = ref<string[]>([]);
  const preview = shallowRef<TogetherPreview | null>(null);
  const results = shallowRef<TogetherResults | null>(null);
  const refusal = ref<string | null>(null);
  const { busy, once } = useBusy();
  const isFull = computed(() => chosen.value.length >= MOST);

  function tick(number: string): void {
    choosing.value = true;
    if (chosen.value.includes(number)) chosen.value = chosen.value.filter((one) => one !== number);
    else if (!isFull.value) chosen.value = [...chosen.value, number];
  }

  function stop(): void {
    choosing.value = false;
    chosen.value = [];
    leave();
  }

  /** Back to the list, with what was ticked. */
  function leave(): void {
    [preview.value, results.value, refusal.value] = [null, null, null];
  }

  const attempt = (act: () => Promise<void>) =>
    once(async () => {
      refusal.value = null;
      try {
        await act();
      } catch (error) {
        refusal.value = explain(error);
      }
    });

  const look = () =>
    attempt(async () => {
      preview.value = await call(api.pending.together.preview.$post({ json: { numbers: chosen.value } }));
    });

  /** Decides what the preview says can be, each as it was seen there. */
  const decide = () =>
    attempt(async () => {
      const seen = (preview.value?.cases ?? []).flatMap(({ number, why, line }) =>
        why === null && line ? [{ number, version: line.version }] : [],
      );
      results.value = await call(api.pending.together.$post({ json: { cases: seen } }));
      chosen.value = [];
    });

  return { choosing, chosen, isFull, preview, results, refusal, busy, tick, stop, leave, look, decide };
}
