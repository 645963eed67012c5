/** The shape of the demo data: plain objects that name each other by keys, so that one seed gives one text. */
import type { RetireeFacts } from '../../../api/registry/import/retiree-rows.ts';
import type { IdNumber } from '../../../api/values/id-number.ts';
import type { Phone } from '../../../api/values/phone.ts';
import type { Relation, Role } from '../../schema/access.ts';

/** An invented retiree. */
export interface DemoRetiree extends RetireeFacts {
  key: string;
  /** Already bound to an account that signs in with `phone`. */
  signsIn: boolean;
}

/** An invented relative: a contact of one retiree, and where `actsFor`, an account with a family link. */
export interface DemoRelative {
  retireeKey: string;
  name: string;
  relation: Extract<Relation, 'spouse' | 'child'>;
  phone: Phone;
  emergency: boolean;
  actsFor: boolean;
}

/** An invented member of staff, with one post. */
export interface DemoStaff {
  name: string;
  phone: Phone;
  unitId: string;
  role: Role;
}

export interface DemoData {
  retirees: DemoRetiree[];
  relatives: DemoRelative[];
  staff: DemoStaff[];
}

/** Somebody whose phone the README and the start-up text name. `as` is a key of `locales/<language>/demo.json`. */
export interface DemoSignIn {
  as: string;
  name: string;
  phone: Phone;
  unitId: string;
  /** Given for those who are not bound or not registered yet, so that either can be tried. */
  idNumber?: IdNumber;
}
