/** Who is signed in, for every page; and what to say when a call fails. */
import { computed, ref, shallowRef } from 'vue';
import type { Me } from '../../api/access/me.ts';
import { api, call, Offline, Problem } from '../base/api.ts';
import { t } from '../base/texts.ts';
import { forgetDoors } from './activities/door-memory.ts';

/** Null until the server has answered. */
export const me = shallowRef<Me | null>(null);
/** Why it is not known who is signed in. */
export const meError = ref<string | null>(null);
/** Whether somebody was signed in and is no longer. */
export const expired = ref(false);
/** The posts of the reader; the first is shown in the frame. */
export const posts = computed(() => me.value?.posts ?? []);

/** Whether the reader looks after staff somewhere. */
export const leads = computed(() => posts.value.some(({ role }) => role === 'lead'));

export async function loadMe(): Promise<void> {
  meError.value = null;
  try {
    me.value = await call(api.me.$get());
    expired.value &&= !me.value.signedIn;
  } catch (error) {
    meError.value = explain(error);
  }
}

export async function signOut(): Promise<void> {
  await call(api['sign-out'].$post());
  forgetDoors();
  await loadMe();
}

/** What to show for an error of a call. A session that has ended leads to signing in, on the same page. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    if (error.status === 401) endHere();
    return error.message || t('staff:frame.broken');
  }
  if (error instanceof Offline) return t('staff:frame.offline');
  throw error;
}

function endHere(): void {
  if (!me.value?.signedIn) return;
  expired.value = true;
  me.value = { ...me.value, signedIn: false, posts: [], secondFactor: null };
}
