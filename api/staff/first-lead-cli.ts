/**
 * `npm run first-lead -- NAME`: prints a link, good once and for a week, that makes whoever opens it lead of the city. Ends with 0,
 * with 1 when the city has a lead already or something is missing.
 */
import { loadUnits } from '../../db/seed/load-units.ts';
import { withDatabase } from '../../db/with-database.ts';
import { localeFor, say } from '../../locales/index.ts';
import { readConfig } from '../config.ts';
import { inviteFirstLead } from './first-lead.ts';

const locale = localeFor(process.env['LANG']);

async function run(): Promise<void> {
  const name = process.argv.slice(2).join(' ').trim();
  if (name === '') throw new Error(say(locale, 'start:firstLead.usage'));
  const config = readConfig(process.env);
  const invited = await withDatabase(config, async ({ db }) => {
    await loadUnits(db);
    return inviteFirstLead(db, { operator: say(locale, 'start:firstLead.operator'), name }, new Date());
  });
  if (!invited) throw new Error(say(locale, 'start:firstLead.there'));
  const pages = config.PUBLIC_URL?.replace(/\/$/, '') ?? `http://${config.HOST}:${config.PORT}`;
  console.log(say(locale, 'start:firstLead.link', { name, link: `${pages}/staff/join#${invited.token}` }));
}

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
