/** What a route may be sent: values that fit its description, values that nearly do, and values that mean harm. */
import fc, { type Arbitrary } from 'fast-check';

/** As much of JSON Schema as the OpenAPI document of the product uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  minimum?: number;
  maximum?: number;
}

/** Texts that have broken programs: for the database, for the log, for the page, for the clock. */
export const HOSTILE = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff王',
  '\u202e王建国',
  '😀'.repeat(50),
  '王'.repeat(5000),
  "'; drop table cases; --",
  '%',
  '_%\\',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return process")()}}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '$ref',
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  '2147483648',
  '9223372036854775808',
  'NaN',
  'null',
  '0001-01-01',
  '2026-02-30',
  '99999-01-01',
  '2026-13-01',
  '-0001-12-31',
  '2026-11-25T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '00000000-0000-0000-0000-000000000000',
  '43010119480312002X',
  '４３０１０１１９４８０３１２００２４',
];
const NUMBERS = [0, -0, -1, 1, 0.1, 1e21, -1e21, 2 ** 31, 2 ** 53, -(2 ** 63), 5e-324];

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }));
/** Anything at all, most of it harmful. */
const hostile: Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(...NUMBERS, null, true, [], {}, [[]], { length: -1 }, { toString: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Ids and numbers that exist, and how many parts of ten are of another kind than described: a body all of which fits comes furthest. */
export interface Taste {
  known: readonly string[];
  wild: number;
}

/** Values for a schema. */
export function valuesFor(schema: Schema | undefined, taste: Taste): Arbitrary<unknown> {
  const fits = fitting(schema ?? {}, taste);
  if (taste.wild === 0) return fits;
  return fc.oneof({ weight: 10 - taste.wild, arbitrary: fits }, { weight: taste.wild, arbitrary: hostile });
}

/** Texts for a part of a path or a query. */
export function textsFor(schema: Schema | undefined, taste: Taste): Arbitrary<string> {
  const fits = fitting(schema ?? {}, taste).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return fc.oneof({ weight: 8, arbitrary: fits }, { weight: 1, arbitrary: hostileText });
}

function fitting(schema: Schema, taste: Taste): Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valuesFor(one, taste)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const [type] = [schema.type].flat();
  switch (type) {
    case 'object':
      return objects(schema, taste);
    case 'array':
      return fc.array(valuesFor(schema.items, taste), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: Math.max(schema.minimum ?? -10, -1e6), max: Math.min(schema.maximum ?? 1000, 1e6) }),
        fc.constantFrom(...NUMBERS),
      );
    case 'string':
      return texts(schema, taste);
    default:
      return fc.oneof(texts({}, taste), hostile);
  }
}

function objects({ properties = {}, required = [], additionalProperties }: Schema, taste: Taste) {
  const own = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valuesFor(one, taste)]));
  const named = fc.record(own, { requiredKeys: required.filter((name) => name in own) });
  if (typeof additionalProperties !== 'object') return named;
  const more = fc.dictionary(fc.constantFrom(...QUESTIONS), valuesFor(additionalProperties, taste), { maxKeys: 3 });
  return fc.tuple(named, more).map(([one, other]) => ({ ...one, ...other }));
}

/** Keys of questions that services ask: what a form's answers are keyed by. */
const QUESTIONS = ['home', 'to', 'since', 'reason', 'phone', 'who', 'when', 'relation', 'how', 'on', 'proof', 'words'];

function texts({ format, pattern }: Schema, { known, wild }: Taste): Arbitrary<string> {
  const plain = fc.constantFrom(...known, '王建国', '搬家以后住在女儿家');
  if (pattern && wild === 0) return fc.oneof(fc.stringMatching(new RegExp(pattern)), plain);
  const some: Arbitrary<string>[] = [plain, hostileText];
  if (format === 'uuid') some.push(fc.uuid());
  if (format === 'date') some.push(fc.constantFrom('2026-11-02', '1948-03-12', '2028-02-29'));
  if (format === 'date-time') some.push(fc.constantFrom('2026-11-02T02:00:00.000Z', '2026-11-02T10:00:00+08:00'));
  if (pattern) some.push(fc.stringMatching(new RegExp(pattern)));
  return fc.oneof(...some);
}

/** Of a run that failed, as it was printed. */
export const SEED = process.env['FUZZ_SEED'] === undefined ? undefined : Number(process.env['FUZZ_SEED']);

/** What must never stand in an answer: where our files lie, and what the database says of itself. */
export const INSIDE = /file:\/\/|node_modules|at async |Failed query|violates|invalid input syntax|\bselect .* from\b/i;

/** What broke something, with the seed that finds it again. */
export function told(what: string, error: unknown): string {
  const { message, cause } = error as Error;
  return `${what}: ${/seed: -?\d+/.exec(message)?.[0]}, ${((cause as Error | undefined)?.message ?? message).slice(0, 1500)}`;
}
