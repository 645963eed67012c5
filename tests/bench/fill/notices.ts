/** What was told about an invented case: the applicant at the beginning and the end, the clerk by a card while it waits. */
import { caseNumber } from '../../../api/engine/case-number.ts';
import type { messages } from '../../../db/schema/delivery.ts';
import { clerkOf } from './accounts.ts';
import { FIRST_NUMBER, type InventedCase } from './invent.ts';

type Message = typeof messages.$inferInsert;

/** All of them were sent. */
export function noticeRows({ at, id, subject, applicantId, life }: InventedCase): Message[] {
  const common = {
    caseId: id,
    params: {
      service: `@services/${life.kind}:title`,
      number: caseNumber(FIRST_NUMBER + at),
      name: subject.name,
      unit: `~${subject.communityId}`,
    },
    state: 'sent' as const,
    way: 'telegram' as const,
    tries: 1,
  };
  const told = (accountId: string, form: 'notice' | 'card', template: string, when: Date): Message => ({
    ...common,
    accountId,
    form,
    template,
    sentId: String(at),
    nextTryAt: when,
    createdAt: when,
    sentAt: when,
    readAt: life.step === null ? when : null,
  });
  const first = life.moves[0]?.at ?? new Date(0);
  const last = life.moves.at(-1)?.at ?? first;
  if (life.step !== null)
    return [told(clerkOf(subject.communityId), 'card', 'card', last), told(applicantId, 'notice', 'opened', first)];
  return [told(applicantId, 'notice', 'opened', first), told(applicantId, 'notice', 'finished', last)];
}
