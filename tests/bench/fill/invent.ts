/** An invented case, before it becomes rows. */
import { clerkOf } from './accounts.ts';
import type { Known } from './crowd.ts';
import { numberedId } from './ids.ts';
import type { Life } from './lives.ts';

export const FIRST_NUMBER = 10_000_001;

export interface InventedCase {
  at: number;
  id: string;
  subject: Known;
  applicantId: string;
  life: Life;
}

/** A case about this retiree. Who cannot apply alone is helped by the clerk of their community. */
export function inventCase(at: number, subject: Known, life: Life): InventedCase {
  const applicantId = subject.accountId ?? clerkOf(subject.communityId);
  return { at, id: numberedId('case', at), subject, applicantId, life };
}
