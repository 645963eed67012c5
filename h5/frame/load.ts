/** What a page shows is on its way, there, or cannot be had; and how to ask again. */
import { shallowRef, type ShallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { Problem, type Read } from '../base/api.ts';

export interface Load<T> {
  value: ShallowRef<T | null>;
  state: ShallowRef<'loading' | 'ready' | 'offline' | 'refused'>;
  /** Why it was refused, in the server's words. */
  reason: ShallowRef<string>;
  /** It is what was seen last time. */
  kept: ShallowRef<boolean>;
  reload(): Promise<void>;
}

/** Loads at once. Whoever must sign in first is led there, and comes back. */
export function useLoad<T>(get: () => Promise<Read<T>>): Load<T> {
  const router = useRouter();
  const load: Load<T> = {
    value: shallowRef(null),
    state: shallowRef('loading'),
    reason: shallowRef(''),
    kept: shallowRef(false),
    reload,
  };

  async function reload(): Promise<void> {
    try {
      const { value, kept } = await get();
      load.value.value = value;
      load.kept.value = kept;
      load.state.value = 'ready';
    } catch (failure) {
      if (failure instanceof Problem && failure.code === 'not-signed-in') {
        await router.replace({ path: '/in', query: { to: router.currentRoute.value.fullPath } });
        return;
      }
      load.reason.value = failure instanceof Problem ? failure.message : '';
      load.state.value = failure instanceof Problem ? 'refused' : 'offline';
    }
  }

  void reload();
  return load;
}
