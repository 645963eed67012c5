/**
 * `npm run audit [-- --heads FILE]`: verifies the timelines of all cases. Ends with 0 when all are whole, 1 when one is broken
 * (its number and the first wrong event are named), 2 when nothing could be read.
 */
import { eq } from 'drizzle-orm';
import { parseArgs } from 'node:util';
import type { Db } from '../../db/connect.ts';
import { withDatabase } from '../../db/with-database.ts';
import { cases } from '../../db/schema/engine.ts';
import { localeFor, say } from '../../locales/index.ts';
import { readConfig } from '../config.ts';
import { auditChains, auditHeads, type Broken } from './audit.ts';

const locale = localeFor(process.env['LANG']);
/** Progress is told this often. */
const EVENTS_A_LINE = 500_000;

/** @returns whether all is whole */
async function audit(db: Db, headsFile: string | undefined): Promise<boolean> {
  let told = 0;
  const found = await auditChains(db, (events) => {
    if (events - told < EVENTS_A_LINE) return;
    told = events;
    console.error(say(locale, 'audit:progress', { events }));
  });
  console.log(say(locale, 'audit:counts', { cases: found.cases, events: found.events, erased: found.erased }));
  if (found.first) console.log(await words(db, 'audit:broken', found.first, { count: found.brokenCases }));
  const heads = headsFile === undefined ? null : await auditHeads(db, headsFile);
  if (heads) console.log(say(locale, 'audit:heads', { heads: heads.heads }));
  if (heads?.first) console.log(await words(db, 'audit:headGone', heads.first));
  const whole = !found.first && !heads?.first;
  if (whole) console.log(say(locale, 'audit:whole'));
  return whole;
}

async function words(db: Db, key: string, { caseId, seq }: Broken, more: Record<string, number> = {}): Promise<string> {
  const [row] = await db.select({ number: cases.number }).from(cases).where(eq(cases.id, caseId));
  return say(locale, key, { number: row?.number ?? caseId, seq, ...more });
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { heads: { type: 'string' } } });
  return withDatabase(readConfig(process.env), async ({ db }) => ((await audit(db, values.heads)) ? 0 : 1));
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
