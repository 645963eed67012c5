/** What the engine must know of the registry and the calendar, without importing them. */
import type { Db } from '../db/connect.ts';
import type { JsonRow } from '../db/rows-as-json.ts';
import type { EmployerKind, OpeningHours, Place, UnitLevel } from '../db/schema/registry.ts';
import type { ReasonVerb } from '../db/schema/settings.ts';
import type { Locale } from '../locales/index.ts';
import type { PlainDate } from './dates.ts';

export interface Unit {
  id: string;
  level: UnitLevel;
  name: string;
  parentId: string | null;
  /** Ids from the city down, joined by dots. */
  path: string;
  phone: string | null;
  hours: OpeningHours | null;
}

/** The tree of offices, in memory (about 1,900 units). */
export interface Units {
  get(id: string): Unit | null;
  /** The unit itself or the first above it that has this level; agencies are found beside their district or city. */
  above(unit: Unit | null, level: UnitLevel): Unit | null;
  children(id: string | null, level?: UnitLevel): Unit[];
  /** Ids of the unit and everything below it. */
  within(id: string): readonly string[];
  /** By name, pinyin or initials; best first. */
  search(words: string, level: UnitLevel, limit: number): Unit[];
  cityAgency(): Unit;
  /** 岳麓区 望城坡街道 咸嘉新村社区: enough to tell two communities of one name apart. */
  fullName(unit: Unit): string;
}

export interface Home {
  community: Unit | null;
  place: Place;
}

/** A retiree as services see one. */
export interface Retiree {
  id: string;
  name: string;
  /** In whose care they are; of the dead, in whose care they were last. Null for somebody whom nobody served. */
  care: Unit | null;
  insuredAt: Unit;
  alive: boolean;
  born: PlainDate;
  /** The last eligibility certification that is known (第十一条（三）). */
  certifiedOn: PlainDate | null;
  diedOn: PlainDate | null;
  /** Since when the pension is paid; null when the roster did not say. */
  retiredOn: PlainDate | null;
  home: Home | null;
  /** Whether they are in a self-help group (第十四条). */
  inGroup: boolean;
  phone: string | null;
  employer: string | null;
  employerKind: EmployerKind | null;
  /** Whether they lead a self-help group, or stand in for who does. */
  leadsGroup: boolean;
}

export interface People {
  /** Null when there is no such retiree. */
  retiree(db: Db, id: string): Promise<Retiree | null>;
  /** Whose identity number it is; null when the registry has nobody of it. */
  byIdNumber(db: Db, idNumber: string): Promise<Retiree | null>;
  /** Whom another query brought along: what `retireeInside` selected there. */
  read(found: JsonRow | null): Retiree | null;
}

/** Text messages: for sign-in codes, and for people without a chat. */
export interface Sms {
  /** @throws when the provider did not take it */
  send(to: string, text: string): Promise<void>;
}

/** The usual reasons that units added to those of the services. */
export interface UsualReasons {
  /** In order; empty where a unit added none. */
  of(unitId: string, kind: string, verb: ReasonVerb): readonly string[];
}

/** What the city says in messages in place of the words of the house. */
export interface MessageWords {
  /** Null where it has none of its own: then the house's are said. */
  of(kind: string, template: string, locale: Locale): string | null;
}

export interface Calendar {
  isWorkday(day: PlainDate): boolean;
  /** Whether a day has a name as one on which nobody works: a Saturday inside a public holiday is one, another Saturday is none. */
  isHoliday(day: PlainDate): boolean;
}
