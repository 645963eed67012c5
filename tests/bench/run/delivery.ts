/**
 * Messages out, in a small town of its own (`tests/faults/town`): how long they take from their commit to Telegram at a hundred a second,
 * and whether anything is there twice after updates were handed over and jobs were done again.
 */
import { cpus, loadavg } from 'node:os';
import { system } from '../../../api/access/actor.ts';
import { openCity } from '../../../api/city.ts';
import { readConfig } from '../../../api/config.ts';
import type { Ctx } from '../../../api/context.ts';
import { addServicesFrom } from '../../../api/engine/catalogue.ts';
import { drain } from '../../faults/round.ts';
import { openTown, type Town } from '../../faults/town/town.ts';
import type { RunArguments } from '../arguments.ts';
import { measureDoubles } from './doubles.ts';
import { percentile } from './drive.ts';
import { exactly, figure, type Table } from './table.ts';
import { RATE, tellAll } from './tell.ts';

const WITHIN_MS = 10_000;
const SHARE = { atLeast: 99 };

export async function measureDelivery({ messageSeconds, replays }: RunArguments): Promise<Table[]> {
  const town = await openTown([], false);
  try {
    const { ctx, close } = await openCtx(town);
    try {
      return [await measureWay(town, ctx, messageSeconds), await measureDoubles(town, ctx, replays)];
    } finally {
      await close();
    }
  } finally {
    await town.close();
  }
}

/** Acts as the system, as a worker does. */
async function openCtx({ database: { connection }, clock }: Town): Promise<{ ctx: Ctx; close(): Promise<void> }> {
  await addServicesFrom(new URL('../../../api/services/', import.meta.url));
  const city = await openCity(connection, {
    sms: { send: async () => {} },
    keep: readConfig({}),
    settings: { publicNoticeDays: 5 },
    ended: () => {},
  });
  return { ctx: { actor: system, db: connection.db, clock, locale: 'zh-CN', city }, close: () => city.stop() };
}

/** A message every hundredth of a second, each in a transaction of its own, to a thousand people by turns. */
async function measureWay(town: Town, ctx: Ctx, seconds: number): Promise<Table> {
  const { people } = town.cast;
  const many = RATE * seconds;
  await tellAll(ctx, people, { from: -RATE, many: RATE });
  await drain(town);
  town.post.clear();
  const begun = await tellAll(ctx, people, { from: 0, many });
  const tookSeconds = (Math.max(...begun) - Math.min(...begun)) / 1000;
  await drain(town);
  const rows = await town.database.connection.sql<{ n: number; sent_id: string | null }[]>`
    select substr(params ->> 'requestId', 6)::int as n, sent_id from messages where params ->> 'requestId' like 'told:%'`;
  const times = rows.flatMap(({ n, sent_id: id }) => {
    const came = id === null ? undefined : town.post.sends.get(Number(id));
    return came && begun[n] !== undefined ? [came.at - begun[n]] : [];
  });
  times.sort((one, other) => one - other);
  return {
    title: `7. Messages out: ${RATE} a second for ${seconds} seconds, from the commit to the chat`,
    figures: [
      figure('committed', many / tookSeconds, '/s'),
      figure('in the chat within 10 s', (times.filter((ms) => ms <= WITHIN_MS).length / many) * 100, '%', SHARE),
      figure('p50', percentile(times, 0.5), 'ms'),
      figure('p95', percentile(times, 0.95), 'ms'),
      figure('p99', percentile(times, 0.99), 'ms'),
      figure('the longest', times.at(-1) ?? 0, 'ms'),
      exactly('never came', many - times.length, 0),
      exactly('came twice', town.post.sends.size - many, 0),
    ],
    notes: [
      'Counted from before the transaction began, so it is rather less. A Telegram that takes all of it at once, which the real one does not.',
      `Two web processes, a worker, a bot and PostgreSQL on the same machine. Its load: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
    ],
  };
}
