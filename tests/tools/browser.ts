/** A browser as far as the API sees one: a cookie jar over HTTP. */
import type { SmsInbox } from '../../bot/simulator/sms.ts';
import { ensureDescribed } from './described.ts';

/** What came back. Tests look into the body as a client without types would. */
export interface Answer {
  status: number;
  body: ReturnType<typeof JSON.parse>;
}

export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Signs in with the code that the SMS inbox receives. */
  async signIn(phone: string, inbox: SmsInbox): Promise<this> {
    await this.post('/api/sign-in/code', { phone });
    // Notices come by text message as well.
    const sms = await inbox.waitFor(phone, (text) => /\d{6}/.test(text));
    const code = /\d{6}/.exec(sms.text)?.[0];
    const answer = await this.post('/api/sign-in', { phone, code });
    if (answer.status !== 200) throw new Error(`Could not sign in as ${phone}: ${JSON.stringify(answer.body)}`);
    return this;
  }

  get = (path: string) => this.call('GET', path);
  post = (path: string, body: unknown = {}) => this.call('POST', path, body);
  put = (path: string, body: unknown = {}) => this.call('PUT', path, body);
  delete = (path: string) => this.call('DELETE', path);

  /** Any call, with the jar's cookies; the body is JSON unless it is bytes. @throws when the answer is not as it is described */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const bytes = body instanceof Uint8Array;
    const response = await fetch(this.#url + path, {
      method,
      redirect: 'manual',
      headers: {
        // Browsers name their own origin with everything that is not a plain GET.
        ...(method !== 'GET' && { origin: this.#url }),
        ...(this.#cookies.size > 0 && {
          cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...(body !== undefined && !bytes && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const answer = { status: response.status, body: /json/.test(type) && text ? JSON.parse(text) : text };
    await ensureDescribed(this.#url, { ...answer, method, path, type });
    return answer;
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  #keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/);
    if (value === '' || /max-age=0/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
