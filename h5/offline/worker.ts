// The service worker: keeps the pages and what was read on them, so that both can be read again without a network. The
// network always comes first where something may have changed; nothing that is sent is ever kept here.
import { isDoor, isPage, isPicture, isReadable, KEEP_HEADER, KEPT_HEADER, PRIVATE_BUCKET } from './what-is-kept.ts';

/** The part of the worker's own types that is used here; the library of the project is that of pages. */
interface LongEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends LongEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(kind: 'install' | 'activate', listener: (event: LongEvent) => void): void;
  addEventListener(kind: 'fetch', listener: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

/** The files that make up the pages; the build writes their names in. */
declare const __SHELL__: string[];
const shell = __SHELL__;
/** A network that is there but answers nothing: after this long what was kept is shown. */
const PATIENCE_MS = 8000;
const SHELL_BUCKET = `shell-${hash(shell.join())}`;

const worker = globalThis as unknown as Worker;

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});
worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (shell.includes(pathname) || pathname.startsWith('/assets/')) event.respondWith(fromShell(request));
  else if (request.mode === 'navigate' && isPage(pathname)) event.respondWith(page(request, '/'));
  else if (request.mode === 'navigate' && isDoor(pathname)) event.respondWith(page(request, '/staff'));
  else if ((request.headers.has(KEEP_HEADER) || isPicture(pathname)) && isReadable(pathname))
    event.respondWith(networkFirst(request));
});

async function keepShell(): Promise<void> {
  const bucket = await caches.open(SHELL_BUCKET);
  await bucket.addAll(['/', '/icon.svg', ...shell]);
  await worker.skipWaiting();
}

async function dropOldShells(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('shell-') && name !== SHELL_BUCKET);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Files named by their content never change. */
async function fromShell(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request: Request, kept: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(kept)) ?? Response.error();
  }
}

async function networkFirst(request: Request): Promise<Response> {
  const bucket = await caches.open(PRIVATE_BUCKET);
  const kept = await bucket.match(request.url);
  const coming = fetch(request).then(async (response) => {
    if (response.ok) await bucket.put(request.url, response.clone());
    return response;
  });
  if (!kept) return coming;
  const tired = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const first = await Promise.race([coming, tired]).catch(() => null);
  return first ?? asKept(kept);
}

function asKept(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.set(KEPT_HEADER, '1');
  return new Response(kept.body, { status: kept.status, headers });
}

/** A short name for a list of files: another list is another bucket. */
function hash(text: string): string {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 4_294_967_291;
  return sum.toString(36);
}
