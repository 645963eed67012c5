/** The doors to the server: a client typed with its routes, and the two ways a call can go wrong. */
import { hc, type ClientResponse } from 'hono/client';
import type { Api } from '../../api/app.ts';
import { KEPT_HEADER } from '../offline/what-is-kept.ts';

/** The server refused, and said why in the reader's words (problem+json). */
export class Problem extends Error {
  readonly status: number;
  /** Stable, for programs: `bad-answer`, `answered-meanwhile` … */
  readonly code: string;
  /** What a program needs to go on: the field that was wrong, both values of a conflict … */
  readonly more: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(asWords(body['title']) ?? '');
    this.name = 'Problem';
    this.status = status;
    this.code = asWords(body['code']) ?? 'unknown';
    this.more = body;
  }
}

/** Nothing came back: no network, or nobody at the other end. */
export class Offline extends Error {
  override readonly name = 'Offline';
}

/** Whether the same call may well succeed a little later, so that what was typed waits instead of being refused. */
export const canWait = (error: unknown): boolean =>
  error instanceof Offline ||
  (error instanceof Problem && error.status >= 502) ||
  (error instanceof Problem && error.code === 'database-away');

const headers: Record<string, string> = {};

/** Headers for every call from now on (the people's pages ask the service worker to keep what they read). */
export function sendWithEveryCall(name: string, value: string): void {
  headers[name] = value;
}

/** `fetch` that throws `Offline` when nothing came back. */
const request: typeof fetch = async (input, init) => {
  const all = new Headers(init?.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  try {
    return await fetch(input, { ...init, headers: all });
  } catch {
    throw new Offline();
  }
};

/** Every route of the API: `api.drafts[':id'].$get({ param: { id } })`. */
export const { api } = hc<Api>('/', { fetch: request });

/** What a call gave, and whether it was kept from an earlier visit because nothing came back now. */
export interface Read<T> {
  value: T;
  kept: boolean;
}

/** The value of a call. @throws Problem, Offline */
export async function call<T>(answer: Promise<ClientResponse<T>>): Promise<T> {
  return (await read(answer)).value;
}

/** The same, saying whether it is what was seen last time. @throws Problem, Offline */
export async function read<T>(answer: Promise<ClientResponse<T>>): Promise<Read<T>> {
  const response = await answer;
  return { value: await bodyOf<T>(response), kept: response.headers.has(KEPT_HEADER) };
}

/** Sends the bytes of a picture. @throws Problem, Offline */
export async function upload(path: string, file: Blob, more: Record<string, string> = {}): Promise<{ id: string }> {
  const response = await request(path, {
    method: 'POST',
    body: file,
    headers: { 'Content-Type': 'application/octet-stream', ...more },
  });
  return bodyOf(response);
}

async function bodyOf<T>(response: Pick<Response, 'ok' | 'status' | 'text'>): Promise<T> {
  const body: unknown = parse(await response.text());
  if (response.ok) return body as T;
  throw new Problem(response.status, (body ?? {}) as Record<string, unknown>);
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    // A proxy's own error page: the status says enough.
    return null;
  }
}

const asWords = (value: unknown): string | null => (typeof value === 'string' ? value : null);
