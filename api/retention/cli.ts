/**
 * `npm run retention`: removes what is past its time now, as every night does. `-- --dry-run` only says what would go; `-- --report
 * [--days 90]` says what was removed. Ends with 0, with 1 when not everything could be removed, with 2 when nothing could be read.
 */
import { parseArgs } from 'node:util';
import type { Db } from '../../db/connect.ts';
import { withDatabase } from '../../db/with-database.ts';
import { localeFor, say } from '../../locales/index.ts';
import { readConfig, type Keep } from '../config.ts';
import { dayOf } from '../dates.ts';
import { countOld, removeOld } from './remove-old.ts';
import { readRemovals, rulesInWords, titleOf } from './report.ts';
import { kinds } from './rules.ts';

const locale = localeFor(process.env['LANG']);

interface Wanted {
  dryRun: boolean;
  report: boolean;
  days: number;
}

async function act(db: Db, keep: Keep, { dryRun, report, days }: Wanted): Promise<void> {
  const now = new Date();
  if (report) {
    const removed = await readRemovals(db, locale, now, days);
    for (const { day, title, count, oldest, newest } of removed)
      console.log(
        say(locale, 'retention:cli.removed', { day, title, number: count, from: dayIn(oldest), to: dayIn(newest) }),
      );
    if (removed.length === 0) console.log(say(locale, 'retention:cli.none', { days }));
    return;
  }
  for (const { title, after, why } of rulesInWords(keep, locale))
    console.log(say(locale, 'retention:cli.rule', { title, after, why }));
  console.log('');
  if (dryRun) {
    for (const { what, count, oldest } of await countOld(db, keep, now)) {
      const from = oldest ? dayOf(oldest) : '—';
      console.log(say(locale, 'retention:cli.wouldGo', { title: titleOf(what, locale), number: count, from }));
    }
    return;
  }
  const removed = await removeOld(db, keep, now);
  for (const what of kinds)
    console.log(say(locale, 'retention:cli.gone', { title: titleOf(what, locale), number: removed[what] }));
}

const dayIn = (moment: string) => dayOf(new Date(moment));

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      days: { type: 'string', default: '90' },
    },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1) throw new Error(say(locale, 'retention:cli.badDays'));
  const config = readConfig(process.env);
  await withDatabase(config, ({ db }) => act(db, config, { dryRun: values['dry-run'], report: values.report, days }));
  return 0;
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return error instanceof AggregateError ? 1 : 2;
});
