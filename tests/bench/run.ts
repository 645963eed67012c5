/**
 * `npm run bench`: measures the product on the database of `npm run bench:fill`, in processes of its own, and says which
 * figures reach their target.
 *
 *     npm run bench -- [--quick] [--json FILE] [--only ratios,latencies,lifecycles,bot] [--data-dir DIR]
 */
import { writeFile } from 'node:fs/promises';
import { readArguments, runArguments } from './arguments.ts';
import { openBenchDatabase, type BenchDatabase } from './database.ts';
import { gather } from './run/cast.ts';
import { programs } from './run/programs.ts';
import { printTable, type Table } from './run/table.ts';
import { warm } from './run/warm.ts';
import { openWorld } from './run/world.ts';

const asked = readArguments(runArguments);
const database = await openBenchDatabase(asked.dataDir);
try {
  const tables = await measure(database);
  if (asked.json) await writeFile(asked.json, `${JSON.stringify({ at: new Date().toISOString(), tables }, null, 2)}\n`);
} finally {
  await database.close();
}

/** Every measurement that was asked for, printed as soon as it is done. */
async function measure(base: BenchDatabase): Promise<Table[]> {
  await warm(base.sql);
  const cast = await gather(base.sql);
  const world = await openWorld();
  world.connect([...cast.staff, ...cast.applicants]);
  const tables: Table[] = [];
  try {
    for (const name of asked.only) {
      for (const table of await programs[name]({ asked, database: base, world, cast })) {
        printTable(table);
        tables.push(table);
      }
    }
  } finally {
    await cast.leave();
    await world.close();
  }
  return tables;
}
