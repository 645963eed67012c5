/**
 * `npm run bench:fill`: a database with a million retirees and a million cases in the real tables, sealed and chained like
 * real ones. A second run finds it filled; an interrupted one goes on where it stopped.
 *
 *     npm run bench:fill -- [--cases N] [--retirees N] [--data-dir DIR]
 */
import type postgres from 'postgres';
import { seedCalendar } from '../../api/registry/calendar.ts';
import { accounts, links, logins, posts } from '../../db/schema/access.ts';
import { loadUnits } from '../../db/seed/load-units.ts';
import { fillArguments, readArguments, type FillArguments } from './arguments.ts';
import { openBenchDatabase, type BenchDatabase } from './database.ts';
import { familyRows, staffRows, type AccountRows } from './fill/accounts.ts';
import { copyCases } from './fill/cases.ts';
import { copyRows } from './fill/copy.ts';
import { fillDoings } from './fill/doings.ts';
import { crowd, type Known, type Somebody } from './fill/crowd.ts';
import { copyPeople } from './fill/people.ts';
import { FIRST_NUMBER, inventCase, type InventedCase } from './fill/invent.ts';
import { makeNotebook, restoreIndexes, suspendIndexes } from './fill/indexes.ts';
import { lifeOf, WAITING_SHARE } from './fill/lives.ts';
import { writePages } from './fill/pages.ts';

const PEOPLE_A_PAGE = 20_000;
const CASES_A_PAGE = 10_000;
/** Prime to every count that anybody will ask for: walks over all retirees without meeting one twice. */
const STRIDE = 7919;

const asked = readArguments(fillArguments);
const began = performance.now();
const database = await openBenchDatabase(asked.dataDir);
try {
  await fill(database, asked);
} finally {
  await database.close();
}

async function fill(base: BenchDatabase, { retirees, cases }: FillArguments): Promise<void> {
  const { sql } = base;
  await makeNotebook(sql);
  const [filled] = await sql<{ retirees: number; cases: number }[]>`select * from bench.filled`;
  if (filled) {
    await fillDoings(sql, retirees);
    return tellFilled(sql, filled, { retirees, cases });
  }
  await begin(base);
  const people = await fillPeople(sql, retirees);
  await fillCases(sql, cases, people);
  console.log('indexes and keys');
  await restoreIndexes(sql);
  await sql`select setval('case_numbers', ${FIRST_NUMBER + cases})`;
  await fillDoings(sql, retirees);
  console.log('statistics');
  await sql.unsafe('vacuum (analyze, parallel 2)');
  await sql`insert into bench.filled values (${retirees}, ${cases})`;
  await sql.unsafe('checkpoint');
  await tellFilled(sql, { retirees, cases }, { retirees, cases });
  console.log(`in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
}

/** Units and calendar first; then the indexes are taken off, once. A registry with anybody in it is not ours to fill. */
async function begin({ sql, db }: BenchDatabase): Promise<void> {
  const [started] = await sql`select from bench.pages limit 1`;
  if (started) return;
  const [somebody] = await sql`select from retirees limit 1`;
  if (somebody) throw new Error('This database has people in it. Give the bench an empty one.');
  await loadUnits(db);
  await seedCalendar(db, 2024, 2027);
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables
     where schemaname = 'public' and tablename not in ('units', 'calendar_days', 'vault_keys')`;
  await suspendIndexes(
    sql,
    tables.map(({ name }) => name),
  );
}

async function fillPeople(sql: postgres.Sql, count: number): Promise<Known[]> {
  const known: Known[] = [];
  const remembered = function* (): Generator<Somebody> {
    for (const somebody of crowd(count)) {
      const { id, name, communityId, phone, accountId } = somebody;
      known.push({ id, name, communityId, phone, accountId });
      yield somebody;
    }
  };
  await writePages(sql, 'staff', [0], 1, (tx) => copyAccounts(tx, staffRows()));
  await writePages(sql, 'retirees', remembered(), PEOPLE_A_PAGE, async (tx, page) => {
    await copyPeople(tx, page);
    await copyAccounts(tx, familyRows(page));
  });
  return known;
}

async function fillCases(sql: postgres.Sql, count: number, people: readonly Known[]): Promise<void> {
  const now = new Date();
  const firstWaiting = Math.floor(count * (1 - WAITING_SHARE));
  // Only one case of a kind may be alive for a retiree; the ended ones may be anybody's.
  const personAt = (at: number) => {
    const place = at >= firstWaiting ? (at - firstWaiting) * STRIDE : at * at * 31 + at;
    return people[place % people.length] as Known;
  };
  const invented = function* (): Generator<InventedCase> {
    for (let at = 0; at < count; at += 1) {
      const subject = personAt(at);
      yield inventCase(at, subject, lifeOf(at, count, subject.accountId !== null, now));
    }
  };
  await writePages(sql, 'cases', invented(), CASES_A_PAGE, copyCases);
}

async function copyAccounts(tx: postgres.TransactionSql, rows: AccountRows): Promise<void> {
  await copyRows(tx, accounts, rows.accounts);
  await copyRows(tx, logins, rows.logins);
  await copyRows(tx, posts, rows.posts);
  await copyRows(tx, links, rows.links);
}

async function tellFilled(
  sql: postgres.Sql,
  found: { retirees: number; cases: number },
  wanted: { retirees: number; cases: number },
): Promise<void> {
  const [size] = await sql`select pg_size_pretty(pg_database_size(current_database())) as size`;
  const count = (n: number) => n.toLocaleString('en');
  console.log(`filled: ${count(found.retirees)} retirees, ${count(found.cases)} cases, ${String(size?.['size'])}`);
  if (found.retirees !== wanted.retirees || found.cases !== wanted.cases)
    console.log('Other sizes were asked for: name another --data-dir, or remove this one first.');
}
