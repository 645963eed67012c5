/** Holds every answer that a test is given against the OpenAPI document of the product that gave it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Response {
  content?: Record<string, { schema?: object }>;
}
export interface Operation {
  summary?: string;
  responses: Record<string, Response>;
}
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Response> };
}

/** What came back from the API, before anybody looked into it. */
export interface Raw {
  method: string;
  path: string;
  status: number;
  type: string;
  body: unknown;
}

/** One product's description, read once. */
interface Described {
  find(method: string, path: string): { path: string; operation: Operation } | undefined;
  /** The schema at this place of the document. */
  at(pointer: string): ValidateFunction;
}

const PROBLEM = 'application/problem+json';
const products = new Map<string, Promise<Described>>();

/** @throws when the answer is not what the document says of the route, or the document says nothing of it */
export async function ensureDescribed(product: string, raw: Raw): Promise<void> {
  if (!raw.path.startsWith('/api/') || raw.status === 304) return;
  const known = products.get(product) ?? read(product);
  products.set(product, known);
  const { find, at } = await known;
  const what = `${raw.method} ${raw.path.split('?')[0]} ${raw.status}`;
  if (raw.status >= 400) {
    if (!raw.type.startsWith(PROBLEM)) throw new Error(`${what}: an error must be ${PROBLEM}, not ${raw.type}.`);
    return ensureFits(at(pointer('components', 'responses', 'problem', 'content', PROBLEM, 'schema')), raw.body, what);
  }
  const found = find(raw.method, raw.path);
  const response = found?.operation.responses[raw.status];
  if (!found || !response) throw new Error(`${what}: the OpenAPI document does not know this answer.`);
  if (!response.content) return;
  const [type = '', { schema } = {}] = Object.entries(response.content)[0] ?? [];
  if (!raw.type.startsWith(type)) throw new Error(`${what}: described as ${type}, answered as ${raw.type}.`);
  const where = [
    'paths',
    found.path,
    raw.method.toLowerCase(),
    'responses',
    String(raw.status),
    'content',
    type,
    'schema',
  ];
  if (schema) ensureFits(at(pointer(...where)), raw.body, what);
}

function ensureFits(fits: ValidateFunction, body: unknown, what: string): void {
  if (fits(body)) return;
  const faults = fits.errors?.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`${what} is not what its description says:\n${faults?.join('\n')}\n${JSON.stringify(body)}`);
}

const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

async function read(product: string): Promise<Described> {
  const document = (await (await fetch(`${product}/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const paths = Object.keys(document.paths).toSorted((a, b) => a.split('{').length - b.split('{').length);
  return {
    find(method, path) {
      const [plain = ''] = path.split('?');
      const found = paths.find((one) => document.paths[one]?.[method.toLowerCase()] && patternOf(one).test(plain));
      const operation = found && document.paths[found]?.[method.toLowerCase()];
      return operation ? { path: found, operation } : undefined;
    },
    at(place) {
      const known = compiled.get(place) ?? ajv.compile({ $ref: `document#${place}` });
      compiled.set(place, known);
      return known;
    },
  };
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
