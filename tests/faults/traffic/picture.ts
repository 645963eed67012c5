/** A photo as a phone takes one: noise, so that it does not get small, and another each time. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

const SIDE = 260;
const MANY = 8;

const made = await Promise.all(
  Array.from({ length: MANY }, () =>
    sharp(randomBytes(SIDE * SIDE * 3), { raw: { width: SIDE, height: SIDE, channels: 3 } })
      .jpeg()
      .toBuffer(),
  ),
);
let turn = 0;

export const picture = (): Uint8Array => made[(turn += 1) % MANY] as Buffer;
