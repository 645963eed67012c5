/** One case on the page: reading it, using a verb on it, and what to say afterwards. */
import { shallowRef } from 'vue';
import type { ListedCase } from '../../../api/engine/cases/list.ts';
import type { CaseDetails, VerbView } from '../../../api/engine/cases/shapes.ts';
import { api, call, Problem } from '../../base/api.ts';
import { useBusy } from '../../base/busy.ts';
import { useLoad } from '../load.ts';
import { nextCase } from '../pending/use-pending.ts';
import { readPlace, viewOf } from '../pending/place.ts';
import { explain } from '../session.ts';

/** Somebody else moved the case: what was seen is no longer so. */
const isStale = (error: unknown): boolean =>
  error instanceof Problem && ['stale-case', 'not-now', 'already-submitted'].includes(error.code);

/** Why a verb was refused, in words, and whether what the page shows was read again since. */
interface Refusal {
  words: string;
  readAgain: boolean;
}

export function useCase(number: string) {
  const param = { number };
  const reading = useLoad<CaseDetails>(() => call(api.cases[':number'].$get({ param })));
  const { busy, once } = useBusy();
  /** The verb that was used just now, in its words. */
  const done = shallowRef<{ label: string } | null>(null);
  /** The next case of the list; null when none waits, undefined while it is looked for. */
  const next = shallowRef<ListedCase | null>();
  const refusal = shallowRef<Refusal | null>(null);

  /** Uses a verb that asks nothing. */
  const use = ({ verb, label }: VerbView, answers?: Record<string, { value: unknown }>) =>
    once(async () => {
      const version = reading.value.value?.version;
      try {
        await call(
          api.cases[':number'][':verb'].$post({
            param: { number, verb },
            json: { ...(version && { version }), ...(answers && { answers }) },
          }),
        );
        await finish(label);
      } catch (error) {
        await fail(error);
      }
    });

  /** After a verb took effect, however it was sent. */
  async function finish(label: string): Promise<void> {
    refusal.value = null;
    await reading.load();
    done.value = { label };
    next.value = undefined;
    void findNext().then((found) => (next.value = found));
  }

  /** Says what went wrong. When somebody was quicker the case is read again, and the words say who did what. */
  async function fail(error: unknown): Promise<void> {
    done.value = null;
    const stale = isStale(error);
    // Before it is said: whoever reads 「下面已经是最新的情况」 must not find the old buttons below.
    if (stale) await reading.load();
    refusal.value = { words: explain(error), readAgain: stale && reading.error.value === null };
  }

  async function findNext(): Promise<ListedCase | null> {
    const { query, flagged } = readPlace();
    const filter = {
      view: viewOf(query['view']),
      kind: query['kind'] ?? '',
      words: query['words'] ?? '',
      flagged,
    };
    // Without the list the page works all the same.
    return nextCase(filter, number).catch(() => null);
  }

  return { ...reading, busy, done, next, refusal, use, finish, fail, findNext };
}
