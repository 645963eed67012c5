/** People do not give up: what was refused because something is away is sent again, as the pages do, to whichever process answers. */
import { setTimeout as wait } from 'node:timers/promises';
import { problemShape } from '../../../api/errors.ts';

export interface Answered {
  status: number;
  body: unknown;
}

/** What happened on the way to answers, by `503 database-away`, `cut off` …: how often. */
export type Hindrances = Record<string, number>;

const ANSWER_MS = 20_000;
const PAUSE_MS = 250;
const PATIENCE_MS = 120_000;

/** An act that never came to an answer: whoever waited gave up. */
export class GaveUp extends Error {}

export class Insistent {
  readonly #urls: readonly string[];
  readonly #hindrances: Hindrances;
  #turn = 0;

  constructor(urls: readonly string[], hindrances: Hindrances) {
    this.#urls = urls;
    this.#hindrances = hindrances;
  }

  /** Sends it until something but "later" is answered. @throws GaveUp */
  async call(token: string, method: string, path: string, body?: unknown): Promise<Answered> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const answered = await this.#once(token, method, path, body);
      if (answered && answered.status < 500 && answered.status !== 429) return answered;
      if (performance.now() > until) throw new GaveUp(`${method} ${path}: ${JSON.stringify(answered)}`);
      await wait(PAUSE_MS);
    }
  }

  async #once(token: string, method: string, path: string, body: unknown): Promise<Answered | null> {
    const url = this.#urls[(this.#turn += 1) % this.#urls.length] ?? '';
    const bytes = body instanceof Uint8Array;
    try {
      const response = await fetch(url + path, {
        method,
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          cookie: `session=${token}`,
          origin: url,
          ...(body !== undefined && !bytes && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const read: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
      if (response.status >= 500)
        this.#note(`${response.status} ${problemShape.safeParse(read).data?.code ?? 'no words'}`);
      return { status: response.status, body: read };
    } catch {
      this.#note('cut off');
      return null;
    }
  }

  #note(what: string): void {
    this.#hindrances[what] = (this.#hindrances[what] ?? 0) + 1;
  }
}
