/** What is kept how long and why, and what was removed: figures, for those who answer for the whole city. */
import { desc, gte } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../db/connect.ts';
import { removals } from '../../db/schema/retention.ts';
import { say, type Locale } from '../../locales/index.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import type { Keep } from '../config.ts';
import { addDays, dayOf } from '../dates.ts';
import { kinds, rules, type Kind } from './rules.ts';

/** Days that the page shows, the newest first. */
const SHOWN_DAYS = 90;

const removal = z.object({
  /** The day in Changsha on which they were removed. */
  day: z.iso.date(),
  what: z.string(),
  title: z.string(),
  count: z.int(),
  /** From when the oldest and the newest of them were. */
  oldest: z.iso.datetime(),
  newest: z.iso.datetime(),
});
export type Removal = z.infer<typeof removal>;

export const retentionReport = z.object({
  rules: z.array(z.object({ what: z.enum(kinds), title: z.string(), after: z.string(), why: z.string() })),
  removals: z.array(removal),
});
export type RetentionReport = z.infer<typeof retentionReport>;

/** @throws not-signed-in, not-allowed */
export async function readRetention(ctx: Ctx): Promise<RetentionReport> {
  ensureCan(ctx.actor, 'retention.read', null);
  const { db, locale, city, clock } = ctx;
  return { rules: rulesInWords(city.keep, locale), removals: await readRemovals(db, locale, clock(), SHOWN_DAYS) };
}

export function rulesInWords(keep: Keep, locale: Locale): RetentionReport['rules'] {
  return kinds.map((what) => {
    const { of, count } = rules[what].after(keep);
    return {
      what,
      title: titleOf(what, locale),
      after: say(locale, `retention:after.${of}`, { count }),
      why: say(locale, `retention:why.${what}`),
    };
  });
}

export const titleOf = (what: Kind, locale: Locale): string => say(locale, `retention:kinds.${what}`);

/** What was removed in the last `days` days, newest first. */
export async function readRemovals(db: Db, locale: Locale, now: Date, days: number): Promise<Removal[]> {
  const rows = await db
    .select()
    .from(removals)
    .where(gte(removals.day, addDays(dayOf(now), -days)))
    .orderBy(desc(removals.day), removals.what)
    .limit((days + 1) * kinds.length);
  return rows.map(({ oldest, newest, ...row }) => ({
    ...row,
    title: titleOf(row.what as Kind, locale),
    oldest: oldest.toISOString(),
    newest: newest.toISOString(),
  }));
}
