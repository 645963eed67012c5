/** Column types of this product: bytes, sealed values, and the few shapes that every table shares. */
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { openBytes, sealBytes } from './vault.ts';

/** Raw bytes (hashes, blind indexes). */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Every place (`table.column`) that is sealed: what a rotation of the data key goes through. */
export const sealedPlaces = new Set<string>();

/** A JSON value that is encrypted at rest. `place` is its `table.column`: bytes moved elsewhere do not open. */
export function sealed<T>(name: string, place: string) {
  sealedPlaces.add(place);
  return customType<{ data: T; driverData: Buffer }>({
    dataType: () => 'bytea',
    toDriver: (value) => sealBytes(Buffer.from(JSON.stringify(value)), place),
    fromDriver: (value) => JSON.parse(openBytes(Buffer.from(value), place).toString()) as T,
  })(name);
}

/** File contents, encrypted at rest. */
export function sealedBytes(name: string, place: string) {
  sealedPlaces.add(place);
  return customType<{ data: Buffer; driverData: Buffer }>({
    dataType: () => 'bytea',
    toDriver: (value) => sealBytes(value, place),
    fromDriver: (value) => openBytes(Buffer.from(value), place),
  })(name);
}

/** Text compared byte by byte, so that a prefix search can walk a plain index in any database locale. */
export const exactText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A primary key that grows with time (UUID version 7), so that inserts touch one end of the index. */
export const id = () =>
  uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);

/** A moment, stored in UTC. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
