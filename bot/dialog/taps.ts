/**
 * What a button says when it is tapped, in at most 64 bytes: `<sign>.<field>.<field>`. One table says which taps there are and what
 * each carries; reading never throws: what an older version of the bot wrote, or somebody forged, is null.
 */

/** A case as it was seen: what changed since is not decided by the same tap. */
export interface Seen {
  number: string;
  version: number;
}

/** How many cases the 64 bytes of a button carry: eight signs each. */
export const MOST_SEEN = 7;
const VERSIONS = 256;

/** How a kind of field is written, and read again (undefined when it is not one). */
const fields = {
  word: { write: (word: string) => word, read: (text: string) => (/^[\w-]*$/.test(text) ? text : undefined) },
  /** A case's number: an empty one would ask for another thing. */
  number: { write: (number: string) => number, read: (text: string) => (/^\d{9,12}$/.test(text) ? text : undefined) },
  /** A number, or a moment in milliseconds: no more digits than a moment can have. */
  int: {
    write: (n: number) => n.toString(36),
    read: (text: string) => (/^[0-9a-z]{1,10}$/.test(text) ? Number.parseInt(text, 36) : undefined),
  },
  uuid: { write: packUuid, read: unpackUuid },
  /** An id that may be absent. */
  uuidOrNone: {
    write: (id: string | null) => (id ? packUuid(id) : ''),
    read: (text: string) => (text === '' ? null : unpackUuid(text)),
  },
  flag: {
    write: (is: boolean) => (is ? '1' : '0'),
    read: (text: string) => (text === '1' ? true : text === '0' ? false : undefined),
  },
  /** Up to `MOST_SEEN` cases, each with a version below 256. */
  seen: {
    write: (cases: readonly Seen[]) => cases.map(packSeen).join(''),
    read: unpackSeen,
  },
};
type FieldKind = keyof typeof fields;
type FieldValue<K extends FieldKind> = Parameters<(typeof fields)[K]['write']>[0];

/** Every tap: its sign and its fields. `question` is a mark of the question as it was asked; `service` of its kind. */
const shapes = {
  /** Somewhere in the menu: `places`. */
  go: { sign: 'g', carries: { to: 'word' } },
  language: { sign: 'l', carries: { locale: 'word' } },
  guide: { sign: 'i', carries: { service: 'word' } },
  begin: { sign: 'b', carries: { service: 'word', person: 'uuidOrNone' } },
  /** Goes on with a draft. */
  resume: { sign: 'd', carries: { draft: 'uuid' } },
  /** `value`: see `answer-of-tap.ts`. `change`: the question was asked again to be changed. */
  answer: { sign: 'a', carries: { draft: 'uuid', question: 'word', change: 'flag', value: 'word' } },
  /** Some of several: the choices that would be ticked after this tap, as bits. */
  tick: { sign: 't', carries: { draft: 'uuid', question: 'word', change: 'flag', chosen: 'int' } },
  /** Asks an answered question again. */
  change: { sign: 'c', carries: { draft: 'uuid', question: 'word' } },
  photosDone: { sign: 'f', carries: { draft: 'uuid' } },
  submit: { sign: 's', carries: { draft: 'uuid', revision: 'int', version: 'int', verb: 'word' } },
  case: { sign: 'n', carries: { number: 'number' } },
  /** What stands behind a case, for staff. */
  background: { sign: 'nb', carries: { number: 'number' } },
  /** The next page of one's cases: those opened before this moment, in milliseconds. */
  cases: { sign: 'm', carries: { before: 'int' } },
  /**
   * What waits for staff, of one service (a mark of its kind) or of all; the next page begins after a due time (milliseconds) and an id.
   * `takes`: a tap on a line takes the case on, or hands it back.
   */
  pending: { sign: 'p', carries: { view: 'word', kind: 'word', takes: 'flag', due: 'int', id: 'uuidOrNone' } },
  /** Of which service? */
  pendingKinds: { sign: 'pk', carries: { view: 'word' } },
  /** A line of such a list tapped. */
  takeInList: { sign: 'pt', carries: { number: 'number', version: 'int', verb: 'word', kind: 'word' } },
  /** Looks at several alike before they are decided together, and decides them as they were looked at. */
  together: { sign: 'tg', carries: { cases: 'seen' } },
  decide: { sign: 'td', carries: { cases: 'seen' } },
  /** Signs a device out; none means all of them. */
  endSession: { sign: 'e', carries: { session: 'uuidOrNone' } },
  /** Takes the post that an invitation's token gives. */
  join: { sign: 'j', carries: { token: 'word' } },
  /** Ends a family link: takes it or gives it back. */
  unlink: { sign: 'u', carries: { link: 'uuid', sure: 'flag' } },
  /** Notices further down, from this one on. */
  notices: { sign: 'q', carries: { from: 'int' } },
  notice: { sign: 'o', carries: { notice: 'uuid' } },
  /** Activities further down, from this one on. */
  activities: { sign: 'h', carries: { from: 'int' } },
  activity: { sign: 'k', carries: { activity: 'uuid' } },
  signUp: { sign: 'r', carries: { activity: 'uuid', person: 'uuid' } },
  giveUp: { sign: 'w', carries: { signUp: 'uuid' } },
  /** `what` comes with a sign-up, or does not: a companion, company, help with walking. */
  wish: { sign: 'W', carries: { signUp: 'uuid', what: 'word', yes: 'flag' } },
  /** Confirms a seat that was offered. */
  seat: { sign: 'z', carries: { signUp: 'uuid' } },
  /** How an activity was, from one to five. */
  rating: { sign: 'x', carries: { signUp: 'uuid', stars: 'int' } },
  verb: { sign: 'v', carries: { number: 'number', version: 'int', verb: 'word', sure: 'flag' } },
  /** Colleagues to whom a case can be assigned, from this one on. */
  colleagues: { sign: 'vc', carries: { number: 'number', from: 'int' } },
  assign: { sign: 'va', carries: { number: 'number', version: 'int', to: 'uuid' } },
  signIn: { sign: 'y', carries: { ticket: 'uuid', yes: 'flag' } },
} as const satisfies Record<string, { sign: string; carries: Record<string, FieldKind> }>;

type Shapes = typeof shapes;
export type TapName = keyof Shapes;
export const tapNames = Object.keys(shapes) as TapName[];
type Carried<N extends TapName> = {
  [F in keyof Shapes[N]['carries']]: FieldValue<Shapes[N]['carries'][F] & FieldKind>;
};
export type Tap = { [N in TapName]: { is: N } & Carried<N> }[TapName];
export type TapOf<N extends TapName> = Extract<Tap, { is: N }>;

/** The data of a button. */
export function tap<N extends TapName>(is: N, carried: Carried<N>): string {
  const { sign, carries } = shapes[is];
  const values = carried as Record<string, never>;
  return [sign, ...Object.entries(carries).map(([name, kind]) => fields[kind].write(values[name] as never))].join('.');
}

/** What a tapped button said; null for anything that this version did not write. */
export function readTap(data: string): Tap | null {
  const [sign, ...parts] = data.split('.');
  const found = Object.entries(shapes).find(([, shape]) => shape.sign === sign);
  if (!found) return null;
  const [is, { carries }] = found;
  const names = Object.entries(carries);
  if (names.length !== parts.length) return null;
  const read = names.map(([name, kind], at) => [name, fields[kind].read(parts[at] ?? '')] as const);
  if (read.some(([, value]) => value === undefined)) return null;
  return { is, ...Object.fromEntries(read) } as Tap;
}

/** Where a `go` leads. */
export const places = [
  'menu',
  'services',
  'cases',
  'notices',
  'group',
  'activities',
  'drafts',
  'family',
  'human',
  'help',
  'languages',
  'page',
  'me',
  'devices',
  'bind',
  'back',
  'cancel',
  'pending',
] as const;
export type Place = (typeof places)[number];

/** Whether a case fits into a button with others. */
export const isPacked = ({ version }: Seen): boolean => version < VERSIONS;

/** Number and version as 48 bits in eight signs. */
function packSeen({ number, version }: Seen): string {
  const hex = (Number(number) * VERSIONS + version).toString(16).padStart(12, '0');
  return packBytes(hex);
}

function unpackSeen(text: string): readonly Seen[] | undefined {
  if (!/^([\w-]{8}){1,7}$/.test(text)) return undefined;
  const cases = (text.match(/.{8}/g) ?? []).map((part) => {
    const packed = Number.parseInt(unpackBytes(part), 16);
    return { number: String(Math.floor(packed / VERSIONS)), version: packed % VERSIONS };
  });
  return cases.every(({ number }) => /^\d{9,12}$/.test(number)) ? cases : undefined;
}

/** 128 bits in 22 characters instead of 36. */
function packUuid(id: string): string {
  return packBytes(id.replaceAll('-', ''));
}

function packBytes(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function unpackUuid(text: string): string | undefined {
  if (!/^[\w-]{22}$/.test(text)) return undefined;
  return unpackBytes(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const unpackBytes = (text: string): string =>
  [...atob(text.replaceAll('-', '+').replaceAll('_', '/'))]
    .map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('');

/** The payload of a deep link (`?start=`), ≤ 64 characters of [\w-]: a draft to go on with, a service to begin, a case to see, an invitation. */
export function readPayload(payload: string): { is: 'draft' | 'service' | 'case' | 'invitation'; of: string } | null {
  const [, sign, of = ''] = /^([dscj])-(.+)$/.exec(payload) ?? [];
  if (sign === 'd') {
    const draft = unpackUuid(of) ?? (/^[0-9a-f-]{36}$/.test(of) ? of : undefined);
    return draft ? { is: 'draft', of: draft } : null;
  }
  if (sign === 's') return { is: 'service', of };
  if (sign === 'j') return { is: 'invitation', of };
  return sign === 'c' && /^\d{9,12}$/.test(of) ? { is: 'case', of } : null;
}
