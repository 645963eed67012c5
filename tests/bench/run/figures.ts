/** How long the figures of the whole city take, as its lead looks at them: this year, and as far back as may be asked for. */
import { cpus, loadavg } from 'node:os';
import { system } from '../../../api/access/actor.ts';
import { hashOf, newToken } from '../../../api/access/secrets.ts';
import { openCity } from '../../../api/city.ts';
import { readConfig } from '../../../api/config.ts';
import { addDays, dayOf, monthsBefore, type PlainDate } from '../../../api/dates.ts';
import { addServicesFrom } from '../../../api/engine/catalogue.ts';
import { countMonths } from '../../../api/figures/count-months.ts';
import { MOST_MONTHS } from '../../../api/figures/rules.ts';
import { secondFactors, sessions } from '../../../db/schema/access.ts';
import type { BenchDatabase } from '../database.ts';
import { Caller } from './caller.ts';
import { percentile } from './drive.ts';
import { figure, type Figure, type Table } from './table.ts';

const CITY = '4301';
const CALLS = 40;
const WARM_UP = 3;
const SESSION_LIFE_MS = 3_600_000;
const AT_MOST = { atMost: 300 };

/** Counts the months as at night, and then asks. */
export async function measureFigures(database: BenchDatabase, url: string): Promise<Table> {
  const nightMs = await spendNight(database);
  const { token, leave } = await signIn(database);
  const today = dayOf(new Date());
  const five = monthsBefore(`${today.slice(0, 7)}-01` as PlainDate, MOST_MONTHS - 1);
  const lead = new Caller(url, token);
  try {
    return {
      title: '9. 统计 of the whole city',
      figures: [
        ...(await asked(lead, 'this year', `${today.slice(0, 4)}-01-01` as PlainDate, today)),
        ...(await asked(lead, 'five years', five, today)),
        ...(await asked(lead, 'five years, the first and last month cut', addDays(five, 9), today)),
        figure('counting all months anew at night', nightMs / 1000, 's'),
      ],
      notes: [
        await contents(database),
        `One call after the other over HTTP, ${CALLS} times each. Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
      ],
    };
  } finally {
    await lead.close();
    await leave();
  }
}

/** The city's lead, with the second factor that the post asks for, for as long as it is measured. */
async function signIn({ db, sql }: BenchDatabase): Promise<{ token: string; leave(): Promise<void> }> {
  const [post] = await sql<{ account_id: string }[]>`
    select account_id from posts where unit_id = ${CITY} and role = 'lead' and ended_at is null limit 1`;
  if (!post) throw new Error('Nobody leads the city in this database: fill it first (npm run bench:fill).');
  const { account_id: accountId } = post;
  const [token, now] = [newToken(), new Date()];
  const factor = { accountId, secret: newToken(), createdAt: now, confirmedAt: now };
  await db.insert(secondFactors).values(factor).onConflictDoNothing();
  const expiresAt = new Date(now.getTime() + SESSION_LIFE_MS);
  await db.insert(sessions).values({ accountId, tokenHash: hashOf(token), createdAt: now, expiresAt, provenAt: now });
  return {
    token,
    async leave() {
      await sql`delete from sessions where token_hash = ${hashOf(token)}`;
      await sql`delete from second_factors where account_id = ${accountId} and created_at = ${now.toISOString()}`;
    },
  };
}

async function spendNight({ sql, db, config }: BenchDatabase): Promise<number> {
  await addServicesFrom(new URL('../../../api/services/', import.meta.url));
  const city = await openCity(
    { sql, db, close: async () => {} },
    {
      sms: { send: async () => {} },
      keep: readConfig({}),
      settings: { publicNoticeDays: config.PUBLIC_NOTICE_DAYS },
      ended: () => {},
    },
  );
  try {
    const began = performance.now();
    await countMonths({ actor: system, db, clock: () => new Date(), locale: 'zh-CN', city });
    return performance.now() - began;
  } finally {
    await city.stop();
  }
}

async function asked(lead: Caller, name: string, from: PlainDate, to: PlainDate): Promise<Figure[]> {
  const times: number[] = [];
  for (let call = -WARM_UP; call < CALLS; call += 1) {
    const began = performance.now();
    await lead.fetch(`/api/figures?unit=${CITY}&from=${from}&to=${to}`);
    if (call >= 0) times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  return [
    figure(`${name}, p50`, percentile(times, 0.5), 'ms'),
    figure(`${name}, p95`, percentile(times, 0.95), 'ms', AT_MOST),
  ];
}

async function contents({ sql }: BenchDatabase): Promise<string> {
  const [row] = await sql<{ cases: number; activities: number; came: number; visits: number }[]>`
    select (select count(*)::int from cases) as cases, (select count(*)::int from activities) as activities,
           (select count(*)::int from sign_ups) as came, (select count(*)::int from group_doings) as visits`;
  const count = (n: number | undefined) => (n ?? 0).toLocaleString('en');
  return `${count(row?.cases)} cases, ${count(row?.activities)} activities with ${count(row?.came)} sign-ups, ${count(row?.visits)} visits.`;
}
