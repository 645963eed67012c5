/** Who is signed in, whom they act for, and whom to call. Read once when the pages open, and again when it changes. */
import { computed, shallowReactive } from 'vue';
import type { Me } from '../../api/access/me.ts';
import { api, call, read } from '../base/api.ts';
import { forget, keysBeginning, recall, remember } from '../base/memory.ts';
import { forgetRead } from '../offline/register.ts';

export type Linked = Me['people'][number];

interface Who {
  /** Null until the server said. */
  me: Me | null;
  /** Whether it is what was known last time, because nothing came back. */
  kept: boolean;
  /** The retiree chosen to act for. */
  actingId: string | null;
}

export const who = shallowReactive<Who>({ me: null, kept: false, actingId: recall('acting') });

/** The retiree acted for now: the one chosen, else the person themself, else the first. Null for those bound to nobody. */
export const acting = computed<Linked | null>(() => {
  const people = who.me?.people ?? [];
  return people.find((one) => one.id === who.actingId) ?? people[0] ?? null;
});

/** Whether somebody was signed in here last time: what to draw while the server is asked. */
export const wasSignedIn = (): boolean => recall('signed-in') === '1';

let loading: Promise<void> | null = null;

/** Asks who it is; several pages asking at once share one call. Without network and memory `me` stays null. */
export function loadWho(): Promise<void> {
  loading ??= ask().finally(() => {
    loading = null;
  });
  return loading;
}

async function ask(): Promise<void> {
  try {
    const { value, kept } = await read(api.me.$get());
    who.me = value;
    who.kept = kept;
    if (who.me.signedIn) remember('signed-in', '1');
    else if (wasSignedIn()) await forgetSession();
  } catch {
    who.kept = true;
  }
}

/** Who it is, asked for if it is not known yet. */
export async function whoIsHere(): Promise<Me | null> {
  if (!who.me) await loadWho();
  return who.me;
}

export function actFor(id: string): void {
  who.actingId = id;
  remember('acting', id);
}

/** @throws Problem, Offline */
export async function signOut(): Promise<void> {
  await call(api['sign-out'].$post());
  await forgetPerson();
  who.me = null;
  await loadWho();
}

/** A session that ended by itself: what was typed waits for the same person to sign in again, what was read does not. */
async function forgetSession(): Promise<void> {
  forget('signed-in');
  await forgetRead();
}

/** What the phone remembers of a person is gone when they sign out: somebody else may hold it next. */
async function forgetPerson(): Promise<void> {
  for (const key of ['acting', ...keysBeginning('typed:')]) forget(key);
  who.actingId = null;
  await forgetSession();
}
