/** The city's standing parts in this process: units, calendar and what units set for themselves in memory, read again when somebody changes them (NOTIFY). */
import type { Connection } from '../db/connect.ts';
import type { Keep } from './config.ts';
import { consents } from './consents/port.ts';
import type { City, Settings } from './context.ts';
import type { Sms } from './ports.ts';
import { loadCalendar } from './registry/calendar.ts';
import { people } from './registry/people.ts';
import { loadUnitTree } from './registry/unit-tree.ts';
import { loadMessageWords } from './settings/message-words.ts';
import { loadUsualReasons } from './settings/usual-reasons.ts';

export interface LiveCity extends City {
  stop(): Promise<void>;
}

/** Reads the city and keeps it fresh. `ended` is called with an account whose session was ended by any process. */
export async function openCity(
  { db, sql }: Connection,
  parts: {
    sms: Sms;
    keep: Keep;
    settings: Settings;
    ended: (accountId: string) => void;
    miniAppKey?: Buffer | null;
    publicUrl?: string | null;
  },
): Promise<LiveCity> {
  const city: LiveCity = {
    units: await loadUnitTree(db),
    calendar: await loadCalendar(db),
    usualReasons: await loadUsualReasons(db),
    messageWords: await loadMessageWords(db),
    people: people(() => city.units),
    sms: parts.sms,
    consents,
    keep: parts.keep,
    miniAppKey: parts.miniAppKey ?? null,
    settings: parts.settings,
    publicUrl: parts.publicUrl ?? null,
    stop: async () => {
      await Promise.all([changes.unlisten(), ends.unlisten()]);
    },
  };
  const refresh = async (table: string) => {
    if (table === 'units') city.units = await loadUnitTree(db);
    else if (table === 'usual_reasons') city.usualReasons = await loadUsualReasons(db);
    else if (table === 'message_words') city.messageWords = await loadMessageWords(db);
    else city.calendar = await loadCalendar(db);
  };
  const changes = await sql.listen('changed', (table) => void refresh(table).catch(() => undefined));
  const ends = await sql.listen('session_ended', parts.ended);
  return city;
}
