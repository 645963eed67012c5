/** The door: who is expected, and who came, on a phone that may have no network. What is noted waits here until the server has it. */
import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue';
import type { GuestList } from '../../../api/activities/attendance.ts';
import { canWait } from '../../base/api.ts';
import { explain } from '../session.ts';
import { keepDoor, readDoor, sendChecks, type Check } from './door-memory.ts';
import { readGuests } from './guests.ts';

export type Guest = GuestList['people'][number];
/** What waits is tried again this often; and at once when the network comes back. */
const AGAIN_MS = 10_000;

export function useDoor(id: string) {
  const kept = readDoor(id);
  const list = shallowRef<GuestList | null>(kept.list);
  const checks = shallowRef<Check[]>(kept.checks);
  const error = ref<string | null>(null);
  const offline = ref(false);
  let sending = false;

  const keep = () => keepDoor(id, { list: list.value, checks: checks.value });

  async function load(): Promise<void> {
    try {
      list.value = await readGuests(id);
      offline.value = false;
      error.value = null;
      keep();
    } catch (failure) {
      offline.value = canWait(failure);
      error.value = offline.value ? null : explain(failure);
    }
  }

  /** Sends what waits. The same may arrive twice, or from two phones: the server counts each person once. */
  async function send(): Promise<void> {
    if (sending || checks.value.length === 0) return;
    sending = true;
    try {
      const sent = await sendChecks(id, checks.value);
      // Taken over at once: between now and the fresh list nobody's tick may jump back under the finger.
      if (list.value) list.value = { ...list.value, people: noted(list.value.people, sent) };
      checks.value = checks.value.slice(sent.length);
      offline.value = false;
      error.value = null;
      keep();
      if (checks.value.length === 0) await load();
    } catch (failure) {
      offline.value = canWait(failure);
      error.value = offline.value ? null : explain(failure);
    } finally {
      sending = false;
    }
  }

  function note(guest: Pick<Guest, 'signUp'>, present: boolean): void {
    checks.value = [...checks.value, { signUp: guest.signUp, present, at: new Date().toISOString() }];
    keep();
    void send();
  }

  /** As noted here, else as the server knows it. */
  const guests = computed<Guest[]>(() => noted(list.value?.people ?? [], checks.value));

  const again = () => void send();
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(async () => {
    addEventListener('online', again);
    timer = setInterval(again, AGAIN_MS);
    await load();
    await send();
    if (!offline.value) await keepPage();
  });
  onUnmounted(() => {
    removeEventListener('online', again);
    clearInterval(timer);
  });
  return { list, guests, waiting: computed(() => checks.value.length), error, offline, note, load };
}

/** The guests with what was noted of them last. */
const noted = (people: readonly Guest[], checks: readonly Check[]): Guest[] =>
  people.map((guest) => {
    const last = checks.findLast((one) => one.signUp === guest.signUp);
    return last ? { ...guest, present: last.present } : guest;
  });

/** Keeps this page for when there is no network: itself, and the files that it is made of. Refused where nothing may be kept. */
async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return;
  try {
    await navigator.serviceWorker.register('/sw.js');
    const files = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith('/assets/'));
    await caches.delete('door');
    const bucket = await caches.open('door');
    await bucket.addAll(['/staff', ...new Set(files)]);
  } catch {
    // The page works as long as it stays open.
  }
}
