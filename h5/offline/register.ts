/** Starts the service worker, and empties what it kept when somebody else may use the phone. */
import { PRIVATE_BUCKET } from './what-is-kept.ts';

/** After the first page stands: what is kept for later must not slow down what is wanted now. */
export function startKeeping(): void {
  if (!('serviceWorker' in navigator)) return;
  const start = (): void => {
    // Refused in private windows and over plain http: the pages work without.
    navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  };
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}

/** Forgets everything that was read. */
export async function forgetRead(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(PRIVATE_BUCKET).catch(() => false);
}
