/** What every verb is given: who acts, where the data is, what time it is, in which language, and the city's standing parts. */
import type { Actor } from './access/actor.ts';
import type { Clock } from './dates.ts';
import type { Calendar, People, Sms, Units } from './ports.ts';
import type { Db } from '../db/connect.ts';
import type { Locale } from '../locales/index.ts';

/** What a city chooses for itself, where the rules leave it open. */
export interface Settings {
  /** Working days of a public notice (公示). */
  publicNoticeDays: number;
}

/** What a process holds of its city between requests: made once in `main.ts`, kept fresh by NOTIFY. */
export interface City {
  units: Units;
  calendar: Calendar;
  people: People;
  sms: Sms;
  settings: Settings;
}

export interface Ctx {
  actor: Actor;
  db: Db;
  clock: Clock;
  locale: Locale;
  city: City;
  /** Says that this act was asked for before (`bot:update_id:n`); no HTTP client can set it. */
  actKey?: string | undefined;
  /** The chat in which this happens, so that words typed there can be taken for answers. */
  chatKey?: string | undefined;
}
