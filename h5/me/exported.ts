/** The export as its page reads it: the fields that are shown, of those that are there. */
import type { CaseRecord } from '../../api/engine/cases/records.ts';
import type { LookupLine } from '../../api/my-data/lookups.ts';

interface Named {
  name: string | null;
}

export interface Exported {
  madeAt: string;
  account: { createdAt: string }[];
  waysIn: { kind: 'phone' | 'telegram'; address: string; createdAt: string }[];
  sessions: { device: string | null; createdAt: string; endedAt: string | null }[];
  consents: { title: string; givenAt: string; withdrawnAt: string | null }[];
  acts: { what: string; at: string }[];
  links: { retiree: string; relation: string; since: string; revokedAt: string | null }[];
  posts: { unit: Named | null; since: string; endedAt: string | null }[];
  secondFactor: { createdAt: string }[];
  invites: { unit: Named | null; createdAt: string }[];
  oneTimeLinks: { createdAt: string }[];
  forms: { title: string; createdAt: string; submittedAt: string | null }[];
  notices: { createdAt: string; text: string }[];
  noticesByPhone: { createdAt: string; text: string }[];
  retirees: {
    name: string;
    idNumber: string;
    phone: string | null;
    born: string;
    ethnicity?: string | null;
    retiredOn: string | null;
    employer: string | null;
    employerKind: string | null;
    insuredAt: { name: string | null };
    managedBy: string | null;
  }[];
  care: { since: string; until: string | null; unit: Named | null }[];
  homes: { since: string; until: string | null; community: Named | null; shown: string }[];
  contacts: { name: string; relation: string; phone: string | null; emergency: boolean }[];
  family: { name: string | null; relation: string; scope: string; revokedAt: string | null }[];
  slips: { createdAt: string }[];
  lookups: LookupLine[];
  cases: CaseRecord[];
}
