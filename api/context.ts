/** What every verb is given: who acts, where the data is, what time it is, in which language, and the city's standing parts. */
import type { Actor } from './access/actor.ts';
import type { Keep } from './config.ts';
import type { Clock } from './dates.ts';
import type { ConsentPurpose } from './consent-purposes.ts';
import type { Calendar, MessageWords, People, Sms, Units, UsualReasons } from './ports.ts';
import type { Db } from '../db/connect.ts';
import type { Device } from '../db/schema/access.ts';
import type { Locale } from '../locales/index.ts';

/** What people have agreed to, once a purpose: handed to the engine, which asks nothing twice. */
export interface Consents {
  /** The purposes that an account agrees to now. */
  given(db: Db, accountId: string): Promise<ReadonlySet<string>>;
  /** Takes over what a submitted form said: a yes is given, a no withdraws what was given before. `ctx.db` is its transaction. */
  record(ctx: Ctx, accountId: string, said: readonly ConsentAnswer[]): Promise<void>;
}

export interface ConsentAnswer {
  purpose: ConsentPurpose;
  agreed: boolean;
}

/** What a city chooses for itself, where the rules leave it open. */
export interface Settings {
  /** Working days of a public notice (公示). */
  publicNoticeDays: number;
}

/** What a process holds of its city between requests: made once in `main.ts`, kept fresh by NOTIFY. */
export interface City {
  units: Units;
  calendar: Calendar;
  usualReasons: UsualReasons;
  messageWords: MessageWords;
  people: People;
  sms: Sms;
  consents: Consents;
  /** What Mini App openings are checked with; null where there is no bot. */
  miniAppKey: Buffer | null;
  keep: Keep;
  settings: Settings;
  /** Where the pages are for people outside; null where it is as a request comes. */
  publicUrl: string | null;
}

export interface Ctx {
  actor: Actor;
  db: Db;
  clock: Clock;
  locale: Locale;
  city: City;
  /** Says that this act was asked for before (`bot:update_id:n`); no HTTP client can set it. */
  actKey?: string | undefined;
  /** What this is asked by, in the log and with every message it causes. A turn of the clockwork has the id of its job. */
  requestId?: string | undefined;
  /** Where a browser's request comes from, for limits on people who are not signed in. */
  address?: string | undefined;
  /** The chat in which this happens, so that words typed there can be taken for answers. */
  chatKey?: string | undefined;
  /** What kind of device the browser runs on, for the owner's list of sessions. */
  device?: Device | undefined;
}
