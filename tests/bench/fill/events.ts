/** The timeline of an invented case, as a true hash chain. */
import { chainStart, digestOf, eventHash } from '../../../api/engine/chain.ts';
import type { caseEvents, eventPayloads } from '../../../db/schema/engine.ts';
import { clerkOf } from './accounts.ts';
import type { InventedCase } from './invent.ts';

type Event = typeof caseEvents.$inferInsert;
type Payload = typeof eventPayloads.$inferInsert;

/** Events and their words, from the first on. */
export function eventRows({ id, subject, applicantId, life }: InventedCase): { events: Event[]; payloads: Payload[] } {
  const events: Event[] = [];
  const payloads: Payload[] = [];
  let previous: Buffer = chainStart;
  for (const [index, { verb, step, status, at, by }] of life.moves.entries()) {
    const payload = index === 0 ? { capacity: life.capacity } : { said: saidWith(verb) };
    const { salt, digest } = digestOf(payload);
    const accountId = by === 'clerk' ? clerkOf(subject.communityId) : applicantId;
    const event = {
      caseId: id,
      seq: index + 1,
      at,
      verb,
      step,
      status,
      unitId: subject.communityId,
      accountId,
      digest,
      previous,
    };
    const hash = eventHash(event);
    events.push({ ...event, hash });
    payloads.push({ caseId: id, seq: index + 1, salt, payload });
    previous = hash;
  }
  return { events, payloads };
}

function saidWith(verb: string): { question: string; shown: string }[] {
  if (verb === 'return') return [{ question: '还缺什么？', shown: '住址不完整，请写清楼栋、单元和房号' }];
  return verb === 'reject' ? [{ question: '为什么不同意？', shown: '不在本社区居住' }] : [];
}
