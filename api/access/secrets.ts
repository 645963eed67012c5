/** Secrets that people carry: tokens and codes. The database holds only their hashes. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 16;

/** 128 random bits, in letters that a link and a cookie carry unchanged. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Six digits, as people are used to. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
