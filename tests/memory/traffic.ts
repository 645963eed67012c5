/** Minutes of traffic, and what each process holds after every one of them: a heap that grows is a leak. */
import { setTimeout as wait } from 'node:timers/promises';
import { beginPlaying, forgetUploads, sceneOf } from '../faults/round.ts';
import { openTown } from '../faults/town/town.ts';
import { processNames } from '../faults/town/processes.ts';
import type { Held } from './report.ts';

const FLAGS = ['--expose-gc', '--import', './tests/memory/report.ts'];
/** A process fills its caches first. */
const WARM_UP_SHARE = 0.25;
/** Megabytes a minute: less than this is noise of what is under way when it is counted. */
const FLAT = 0.15;

/** @returns whether all of them were flat */
export async function measureTraffic(minutes: number): Promise<boolean> {
  const town = await openTown(FLAGS);
  let served = 0;
  const faults: string[] = [];
  try {
    const scene = sceneOf(town, { acknowledge: () => (served += 1) });
    const playing = beginPlaying(town, scene, (error) => faults.push(String(error)));
    const held: Held[][] = [];
    console.log(`| minute | submissions | ${processNames.map((name) => `${name}, MB`).join(' | ')} |`);
    console.log(`| ---: | ---: |${processNames.map(() => ' ---: |').join('')}`);
    for (let minute = 1; minute <= minutes; minute += 1) {
      await wait(60_000);
      await forgetUploads(town);
      const now = await Promise.all(processNames.map((name) => town.processes.ask<Held>(name)));
      held.push(now);
      console.log(
        `| ${minute} | ${served} | ${now.map(({ heap, resident }) => `${heap} (${resident})`).join(' | ')} |`,
      );
    }
    await playing.end();
    const late = held.slice(Math.floor(held.length * WARM_UP_SHARE));
    const slopes = processNames.map((_, at) => slope(late.map((row) => row[at]?.heap ?? 0)));
    console.log(`heap after collecting (resident); growth after the first quarter, MB a minute:`);
    for (const [at, name] of processNames.entries())
      console.log(`  ${name} ${slopes[at]?.toFixed(3)}${(slopes[at] ?? 0) > FLAT ? ' NOT FLAT' : ''}`);
    for (const fault of new Set(faults)) console.log(`  ✗ ${fault}`);
    return faults.length === 0 && slopes.every((one) => one <= FLAT);
  } finally {
    await town.close();
  }
}

/** Of the straight line that fits best, a step apart. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const below = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
