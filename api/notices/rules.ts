/** When a notice may be published, and whom it is for. Pure: no clock, no database. */
import type { KeptFlag } from '../../db/schema/care.ts';
import type { Block, NoticeCategory } from '../../db/schema/notices.ts';
import type { EmployerKind } from '../../db/schema/registry.ts';
import type { PlainDate } from '../dates.ts';

export const MOST_TITLE = 60;
export const MOST_SUMMARY = 120;
/** A screenful of small print is two thousand characters; a regulation, read on paper, twenty thousand. */
export const MOST_BODY = 30_000;
export const MOST_FILES = 10;
export const YOUNGEST = 40;
export const OLDEST = 120;

/** Whom a notice is for, among those in the care of its unit and of those below. Null for whichever. */
export interface Audience {
  ageFrom: number | null;
  ageTo: number | null;
  employerKinds: readonly EmployerKind[] | null;
  /** Whoever has one of these special-care flags. */
  flags: readonly KeptFlag[] | null;
}

/** What a notice must know of somebody to tell whether it is for them. */
export interface AudienceFacts {
  /** In whole years. */
  age: number;
  employerKind: EmployerKind | null;
  flags: readonly KeptFlag[];
}

export const isForEveryone = ({ ageFrom, ageTo, employerKinds, flags }: Audience): boolean =>
  ageFrom === null && ageTo === null && employerKinds === null && flags === null;

/** Whether somebody in the care of the right unit is meant. */
export function isMeant({ ageFrom, ageTo, employerKinds, flags }: Audience, person: AudienceFacts): boolean {
  if (ageFrom !== null && person.age < ageFrom) return false;
  if (ageTo !== null && person.age > ageTo) return false;
  if (employerKinds && !(person.employerKind && employerKinds.includes(person.employerKind))) return false;
  return !flags || flags.some((flag) => person.flags.includes(flag));
}

export interface Written {
  title: string;
  summary: string;
  body: readonly Block[];
  category: NoticeCategory;
  inForceFrom: string | null;
  inForceUntil: string | null;
  audience: Audience;
  /** Of a correction; null for a first version. */
  change: string | null;
}

export type Fault = { field: 'title' | 'summary' | 'body' | 'change' | 'from' | 'until' | 'audience'; why: FaultWhy };
export type FaultWhy = 'missing' | 'backwards' | 'over' | 'names-flag';

/** What stands in the way of handing a notice in. `namesOf` are the words for its flags. */
export function faultsOf(written: Written, today: PlainDate, namesOf: (flag: KeptFlag) => string): Fault[] {
  const { title, summary, body, change, inForceFrom, inForceUntil, audience } = written;
  const faults: Fault[] = [];
  if (title === '') faults.push({ field: 'title', why: 'missing' });
  if (summary === '') faults.push({ field: 'summary', why: 'missing' });
  if (body.length === 0) faults.push({ field: 'body', why: 'missing' });
  if (change === '') faults.push({ field: 'change', why: 'missing' });
  if (inForceFrom && inForceUntil && inForceUntil < inForceFrom) faults.push({ field: 'until', why: 'backwards' });
  else if (inForceUntil && inForceUntil < today) faults.push({ field: 'until', why: 'over' });
  if (!audience.flags) return faults;
  // Title and summary go into chats and lists, where others look on: they must not say what is the matter with whoever got them.
  const named = audience.flags.map(namesOf);
  for (const field of ['title', 'summary'] as const)
    if (named.some((name) => written[field].includes(name))) faults.push({ field, why: 'names-flag' });
  return faults;
}
