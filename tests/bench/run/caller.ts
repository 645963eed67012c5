/** A person, signed in or not, on one kept-alive connection. */
import { finished } from 'node:stream/promises';
import { Client, type Dispatcher } from 'undici';

export class Caller {
  readonly #client: Dispatcher;
  readonly #headers: Record<string, string>;

  constructor(url: string | Dispatcher, token?: string) {
    this.#client = typeof url === 'string' ? new Client(url) : url;
    this.#headers = token === undefined ? {} : { cookie: `session=${token}` };
  }

  /** The same connection in another person's hands. */
  as(token: string): Caller {
    return new Caller(this.#client, token);
  }

  /** Reads the whole answer and looks at nothing but its status. @throws when it is not 200 */
  async fetch(path: string): Promise<void> {
    const { statusCode, body } = await this.#client.request({ method: 'GET', path, headers: this.#headers });
    if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode} ${await body.text()}`);
    await finished(body.resume());
  }

  /** Any call with JSON both ways. `T` is what the caller expects of the body. @throws when it is not 200 */
  async call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, given?: unknown): Promise<T> {
    const { statusCode, body } = await this.#client.request({
      method,
      path,
      headers: given === undefined ? this.#headers : { ...this.#headers, 'content-type': 'application/json' },
      ...(given !== undefined && { body: JSON.stringify(given) }),
    });
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
