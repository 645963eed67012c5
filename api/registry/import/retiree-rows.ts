/**
 * What is known of a retiree when they come into the registry, and the rows that hold it: the person, whose care they are in,
 * where they live, and the keys under which a clerk finds them. Used by the roster import and the demo data.
 */
import type { PlainDate } from '../../dates.ts';
import { lastFourKey } from '../../../db/last-four.ts';
import type { care, EmployerKind, Place, residences, retirees, searchKeys } from '../../../db/schema/registry.ts';
import { blindIndex } from '../../../db/vault.ts';
import type { IdNumber, Sex } from '../../values/id-number.ts';
import { nameKeys } from '../../values/name-keys.ts';
import type { Phone } from '../../values/phone.ts';

/** The person, as they enter the registry. What is known to the month only stands at its first day. */
export interface PersonFacts {
  name: string;
  sex: Sex;
  born: PlainDate;
  idNumber: IdNumber;
  phone: Phone | null;
  retiredOn: PlainDate | null;
  employer: string | null;
  employerKind: EmployerKind | null;
  /** The agency where the insurance relation is (第三条). */
  insuredAt: string;
  managedBy?: 'city' | 'district';
  /** The last eligibility certification that is known (第十一条（三）). */
  certifiedOn?: PlainDate | null;
  ethnicity?: string;
}

/** The same with whose care they are in and where they live. */
export interface RetireeFacts extends PersonFacts {
  communityId: string;
  careSince: PlainDate;
  place: Place;
  livesSince: PlainDate;
}

/** The person's row; numbers are sealed by their columns and found by blind index. */
export function retireeRow(facts: PersonFacts): typeof retirees.$inferInsert {
  return {
    name: facts.name,
    sex: facts.sex,
    born: facts.born,
    idNumber: facts.idNumber,
    idNumberIndex: blindIndex('id', facts.idNumber),
    phone: facts.phone,
    phoneIndex: facts.phone && blindIndex('phone', facts.phone),
    retiredOn: facts.retiredOn,
    employer: facts.employer,
    employerKind: facts.employerKind,
    insuredAt: facts.insuredAt,
    managedBy: facts.managedBy ?? null,
    certifiedOn: facts.certifiedOn ?? null,
    ethnicity: facts.ethnicity ?? null,
  };
}

export function careRow(retireeId: string, facts: RetireeFacts): typeof care.$inferInsert {
  return { retireeId, unitId: facts.communityId, since: facts.careSince };
}

export function residenceRow(retireeId: string, facts: RetireeFacts): typeof residences.$inferInsert {
  return { retireeId, communityId: facts.communityId, place: facts.place, since: facts.livesSince };
}

/** One row a key, under the unit in whose care the person is: name, pinyin, initials, last four of identity number and phone. */
export function searchKeyRows(
  unitId: string,
  retireeId: string,
  { name, idNumber, phone }: Pick<PersonFacts, 'name' | 'idNumber' | 'phone'>,
): (typeof searchKeys.$inferInsert)[] {
  const numbers = [idNumber, phone].filter((number) => number !== null).map((number) => lastFourKey(number.slice(-4)));
  return [...new Set([...nameKeys(name), ...numbers])].map((key) => ({ unitId, key, retireeId }));
}
