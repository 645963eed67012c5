/** The hash chain of a case's timeline: each event holds the hash of the one before it, so nothing can be changed or left out. */
import { createHash, randomBytes } from 'node:crypto';

export interface ChainedEvent {
  caseId: string;
  seq: number;
  at: Date;
  verb: string;
  step: string | null;
  status: string;
  unitId: string;
  accountId: string | null;
  digest: Buffer;
  previous: Buffer;
}

const SALT_BYTES = 16;

/** What stands before the first event. */
export const chainStart = Buffer.alloc(32);

/** The hash of an event over everything it says and the hash before it. */
export function eventHash(event: ChainedEvent): Buffer {
  const said = [
    event.caseId,
    event.seq,
    event.at.toISOString(),
    event.verb,
    event.step,
    event.status,
    event.unitId,
    event.accountId,
    event.digest.toString('hex'),
  ];
  return createHash('sha256').update(event.previous).update(JSON.stringify(said)).digest();
}

/** A salted digest of a payload. With the payload and salt erased, the digest says nothing and the chain stays whole. */
export function digestOf(payload: unknown, salt = randomBytes(SALT_BYTES)): { salt: Buffer; digest: Buffer } {
  return { salt, digest: payloadDigest(JSON.stringify(payload), salt) };
}

/** The digest of a payload as it is stored: its JSON. */
export function payloadDigest(json: string, salt: Buffer): Buffer {
  return createHash('sha256').update(salt).update(json).digest();
}

/** The number of the first event that does not follow from those before it; null when the chain is whole. */
export function brokenAt(events: (ChainedEvent & { hash: Buffer })[]): number | null {
  let previous: Buffer = chainStart;
  for (const [index, event] of events.entries()) {
    const whole = event.seq === index + 1 && event.previous.equals(previous) && eventHash(event).equals(event.hash);
    if (!whole) return event.seq;
    previous = event.hash;
  }
  return null;
}
