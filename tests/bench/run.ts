/**
 * `npm run bench`: measures the product on the database of `npm run bench:fill`, in processes of its own, and says which
 * figures reach their target. Rush, ask and delivery have a small database of their own: `--only rush,ask,delivery` runs alone.
 *
 *     npm run bench -- [--quick] [--json FILE] [--only ratios,latencies,lifecycles,bot,spikes,figures,rush,ask,delivery] [--data-dir DIR]
 */
import { writeFile } from 'node:fs/promises';
import { onLarge, readArguments, runArguments } from './arguments.ts';
import { openBenchDatabase, type BenchDatabase } from './database.ts';
import { gather } from './run/cast.ts';
import { programs } from './run/programs.ts';
import { measureAsk } from './run/ask.ts';
import { measureDelivery } from './run/delivery.ts';
import { measureRush } from './run/rush.ts';
import { printTable, type Table } from './run/table.ts';
import { warm } from './run/warm.ts';
import { openWorld } from './run/world.ts';

const asked = readArguments(runArguments);
const large = onLarge.filter((name) => asked.only.includes(name));
const tables = [
  ...(large.length > 0 ? await withDatabase() : []),
  ...(asked.only.includes('rush') ? [shown(await measureRush())] : []),
  ...(asked.only.includes('ask') ? [shown(await measureAsk())] : []),
  ...(asked.only.includes('delivery') ? (await measureDelivery(asked)).map(shown) : []),
];
if (asked.json) await writeFile(asked.json, `${JSON.stringify({ at: new Date().toISOString(), tables }, null, 2)}\n`);

async function withDatabase(): Promise<Table[]> {
  const database = await openBenchDatabase(asked.dataDir);
  try {
    return await measure(database);
  } finally {
    await database.close();
  }
}

function shown(table: Table): Table {
  printTable(table);
  return table;
}

/** Every measurement that was asked for, printed as soon as it is done. */
async function measure(base: BenchDatabase): Promise<Table[]> {
  await warm(base.sql);
  const cast = await gather(base.sql);
  const world = await openWorld();
  world.connect([...cast.staff, ...cast.applicants]);
  const measured: Table[] = [];
  try {
    for (const name of large) {
      measured.push(...(await programs[name]({ asked, database: base, world, cast })).map(shown));
    }
  } finally {
    await cast.leave();
    await world.close();
  }
  return measured;
}
