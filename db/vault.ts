/**
 * The vault: what is personal is unreadable at rest. It seals values (AES-256-GCM) and makes blind indexes (HMAC-SHA-256)
 * so that a sealed value can still be looked up by equality. One process has one vault, unlocked once at the start:
 * a column type seals by itself, so no query can forget to.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';

/** The keys that `SECRET_KEY` wraps: a new secret wraps the same keys again, so sealed data and indexes stay. */
export interface DataKeys {
  /** Data keys, oldest first, at most 256. */
  data: Buffer[];
  /** Which of them seals. A newer one is first only known to all processes; the older ones open what is not sealed anew yet. */
  current: number;
  index: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** As the cipher wants them: a key given as bytes would be made ready again for each value. */
let keys: { data: KeyObject[]; current: number; index: KeyObject } | null = null;

/** Gives this process the keys. Called at the start, before the first query, and when a rotation adds a key. */
export function unlockVault({ data, current, index }: DataKeys): void {
  keys = { data: data.map((key) => createSecretKey(key)), current, index: createSecretKey(index) };
}

function unlocked(): NonNullable<typeof keys> {
  if (!keys) throw new Error('The vault is locked: unlockVault() must run before the first query.');
  return keys;
}

/** New random data and index keys, for an empty database. */
export function newDataKeys(): DataKeys {
  return { data: [randomBytes(KEY_BYTES)], current: 0, index: randomBytes(KEY_BYTES) };
}

/** The first of the sealed bytes says which key it was. */
const MOST_KEYS = 256;

/** The same keys and one more data key, which does not seal yet. @throws when there is no number left for one */
export function withNewDataKey(held: DataKeys): DataKeys {
  if (held.data.length >= MOST_KEYS)
    throw new Error(`There are ${MOST_KEYS} data keys already: no more can be told apart.`);
  return { ...held, data: [...held.data, randomBytes(KEY_BYTES)] };
}

/** Wraps the keys under the operator's secret, to be stored in the database. */
export function wrapKeys(unwrapped: DataKeys, secret: string): Buffer {
  return encrypt(
    wrappingKey(secret),
    Buffer.concat([Buffer.of(unwrapped.current), unwrapped.index, ...unwrapped.data]),
    'keys',
  );
}

/** Opens what `wrapKeys` made; throws when the secret is another one. */
export function unwrapKeys(wrapped: Buffer, secret: string): DataKeys {
  const all = decrypt(wrappingKey(secret), wrapped, 'keys');
  const data = [];
  for (let at = 1 + KEY_BYTES; at < all.length; at += KEY_BYTES) data.push(all.subarray(at, at + KEY_BYTES));
  return { current: all[0] ?? 0, index: all.subarray(1, 1 + KEY_BYTES), data };
}

/**
 * Seals bytes for one place (`table.column`): bytes moved to another place do not open there. The first byte says which data key
 * sealed them, so that a new key can come in while the product runs.
 */
export function sealBytes(plain: Buffer, place: string): Buffer {
  const { current } = unlocked();
  return Buffer.concat([Buffer.of(current), encrypt(keyAt(current), plain, place)]);
}

/** Opens sealed bytes; throws when they were changed or belong to another place. */
export function openBytes(sealed: Buffer, place: string): Buffer {
  return decrypt(keyAt(sealed[0] ?? 0), sealed.subarray(1), place);
}

function keyAt(version: number): KeyObject {
  const key = unlocked().data[version];
  if (!key) throw new Error(`The vault has no data key ${version}.`);
  return key;
}

/** The blind index of a value: the same words give the same bytes, and nothing can be read back from them. */
export function blindIndex(purpose: 'id' | 'phone' | 'last4' | 'code' | 'login', value: string): Buffer {
  return createHmac('sha256', unlocked().index).update(`${purpose}:${value}`).digest();
}

function wrappingKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'tuiguan', 'wrap', KEY_BYTES)));
}

/** Random bytes for the next nonces: asking the system for 12 bytes at a time costs more than sealing does. */
const nonces = Buffer.alloc(NONCE_BYTES * 512);
let nextNonce = nonces.length;

/** Twelve random bytes, used once. */
function newNonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += NONCE_BYTES;
  return Buffer.from(nonces.subarray(nextNonce - NONCE_BYTES, nextNonce));
}

function encrypt(key: KeyObject, plain: Buffer, place: string): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: KeyObject, sealed: Buffer, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
