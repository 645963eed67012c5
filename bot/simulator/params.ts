/**
 * The parameters of a Bot API call, whichever way they came: JSON, multipart (with files), a form, or
 * the query string. Telegram is lenient about types (a number may be a string), and so is this.
 */
import { badRequest } from './errors.ts';
import { parseMultipart } from './multipart.ts';

export type Upload = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

export class Params {
  readonly #values: Record<string, unknown>;
  readonly #uploads: Map<string, Upload>;

  constructor(values: Record<string, unknown>, uploads: Map<string, Upload> = new Map()) {
    this.#values = values;
    this.#uploads = uploads;
  }

  /** Everything that was sent but files. */
  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** '' when absent. */
  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  /** A whole number, from a number or its decimal string; undefined when absent or not one. */
  integer(name: string): number | undefined {
    const value = this.text(name).trim();
    return /^-?\d{1,16}$/.test(value) ? Number(value) : undefined;
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    return value === true || value === 'true' || value === 'True' || value === 1 || value === '1';
  }

  /** A structured parameter; in forms and query strings it is JSON in a string. */
  json(name: string): unknown {
    const value = this.#values[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`);
    }
  }

  /** An uploaded file: given directly under its name, or as `attach://<part>`. */
  upload(name: string): Upload | undefined {
    const direct = this.#uploads.get(name);
    if (direct) return direct;
    const value = this.text(name);
    return value.startsWith('attach://') ? this.#uploads.get(value.slice('attach://'.length)) : undefined;
  }
}

/** Reads the parameters of a request. A body that is not what its type says is Telegram's 400. */
export async function readParams(request: Request): Promise<Params> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const type = request.headers.get('content-type') ?? '';
  if (request.method !== 'POST') return new Params(query);
  if (type.startsWith('application/json')) return new Params({ ...query, ...(await readJsonObject(request)) });
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new Params({ ...query, ...Object.fromEntries(new URLSearchParams(await request.text())) });
  }
  if (!type.startsWith('multipart/form-data')) return new Params(query);
  const form = parseMultipart(new Uint8Array(await request.arrayBuffer()), type);
  if (!form) throw badRequest("can't parse the form");
  return new Params({ ...query, ...form.values }, form.uploads);
}

async function readJsonObject(request: Request): Promise<object> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // falls through to the same answer as for JSON that is no object
  }
  throw badRequest("can't parse JSON object");
}
