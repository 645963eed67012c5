/**
 * Spikes: whole lifecycles arrive, whether or not the ones before are done, at rates that jump up and down, a minute each; then at four
 * times those rates. Counted are the calls that failed, and how long after each spike people wait no longer than before it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { Caller } from './caller.ts';
import type { Applicant, Cast, Clerk } from './cast.ts';
import { percentile } from './drive.ts';
import { approve, fillIn, submit, type Timed } from './story.ts';
import { figure, type Figure, type Table } from './table.ts';
import type { World } from './world.ts';

/** Lifecycles a second, a phase each; a spike is a phase with less before and after it. */
const RATES = [1, 15, 1, 25, 2, 35, 10] as const;
const TIMES = [1, 4] as const;
const CONNECTIONS = 200;
/** Normal again: what 95 of 100 calls take, or cards on their way to the clerk, is no more than twice what it was before the first spike, or than this. */
const NORMAL_MS = 300;
const BACK_WITHIN_S = 60;
/** In a jam a card comes late; the clerk still waits for it. */
const CARD_PATIENCE_MS = 300_000;

interface Call {
  /** Seconds since the beginning, when it was sent. */
  at: number;
  ms: number;
}
interface Flood {
  calls: Call[];
  lifecycles: number;
  failed: number;
  why: Map<string, number>;
  /** Seconds from the last arrival until everybody was served. */
  drained: number;
}

export async function measureSpikes(cast: Cast, world: World, url: string, phaseSeconds: number): Promise<Table> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const figures: Figure[] = [];
  const notes: string[] = [];
  try {
    for (const times of TIMES) {
      const rates = RATES.map((rate) => rate * times);
      const flood = await pour({ cast, world, pool }, rates, phaseSeconds);
      figures.push(...figuresOf(`at ${rates.join(' → ')} a second`, flood, rates, phaseSeconds));
      for (const [why, many] of flood.why) notes.push(`${many} × ${why}`);
    }
  } finally {
    await pool.close();
  }
  return { title: '7. Spikes: lifecycles arriving at rates that jump', figures, notes };
}

interface Played {
  cast: Cast;
  world: World;
  pool: Pool;
}

async function pour(played: Played, rates: readonly number[], phaseSeconds: number): Promise<Flood> {
  const flood: Flood = { calls: [], lifecycles: 0, failed: 0, why: new Map(), drained: 0 };
  const free = [...played.cast.applicants];
  const began = performance.now();
  const timed: Timed = async (_, call) => {
    const sent = performance.now();
    const answer = await call;
    flood.calls.push({ at: (sent - began) / 1000, ms: performance.now() - sent });
    return answer;
  };
  const under: Promise<void>[] = [];
  for (const [phase, rate] of rates.entries()) {
    for (let n = 0; n < rate * phaseSeconds; n += 1) {
      await wait(Math.max(0, began + (phase * phaseSeconds + n / rate) * 1000 - performance.now()));
      under.push(arrive(played, free, flood, timed));
    }
  }
  await wait(Math.max(0, began + rates.length * phaseSeconds * 1000 - performance.now()));
  const last = performance.now();
  await Promise.all(under);
  flood.drained = (performance.now() - last) / 1000;
  return flood;
}

/** One whole lifecycle, of somebody who has none under way. What goes wrong is counted, with its words. */
async function arrive({ cast, world, pool }: Played, free: Applicant[], flood: Flood, timed: Timed): Promise<void> {
  flood.lifecycles += 1;
  const person = free.shift();
  const clerk = person && clerkElsewhere(cast, person, flood.lifecycles);
  if (!person || !clerk) return fail(flood, 'nobody is left who has nothing under way');
  try {
    const applicant = new Caller(pool, person.token);
    const staff = new Caller(pool, clerk.token);
    const opened = await submit(applicant, await fillIn(applicant, person, clerk.unitId, false, timed), timed);
    const card = await timed('read', world.card(clerk, opened.number, 0, CARD_PATIENCE_MS));
    const entering = await approve(staff, opened, timed);
    await timed('read', world.card(clerk, opened.number, card, CARD_PATIENCE_MS));
    await approve(staff, entering, timed);
    person.unitId = clerk.unitId;
    free.push(person);
  } catch (error) {
    fail(flood, (error as Error).message.slice(0, 120).replaceAll(/\d{3,}|[\da-f-]{36}/g, '…'));
  }
}

/** Whose turn it is among those whom the person does not live with yet: nobody moves to where they are. */
function clerkElsewhere({ clerks }: Cast, { unitId }: Applicant, turn: number): Clerk | undefined {
  const at = turn % clerks.length;
  return [...clerks.slice(at), ...clerks.slice(0, at)].find((clerk) => clerk.unitId !== unitId);
}

function fail(flood: Flood, why: string): void {
  flood.failed += 1;
  flood.why.set(why, (flood.why.get(why) ?? 0) + 1);
}

function figuresOf(name: string, flood: Flood, rates: readonly number[], phaseSeconds: number): Figure[] {
  const calm = slowest(flood.calls, 0, phaseSeconds);
  const normal = Math.max(calm * 2, NORMAL_MS);
  const spikes = rates
    .entries()
    .filter(([at, rate]) => at > 0 && rate > (rates[at - 1] ?? 0) && rate > (rates[at + 1] ?? 0));
  return [
    figure(`lifecycles ${name}`, flood.lifecycles, ''),
    figure('  failed', (flood.failed / flood.lifecycles) * 100, '%', { atMost: 1 }),
    figure('  p95 of a call before the first spike', calm, 'ms'),
    ...spikes.toArray().flatMap(([at, rate]) => {
      const [from, to] = [at * phaseSeconds, (at + 1) * phaseSeconds];
      return [
        figure(`  p95 in the spike of ${rate} a second`, slowest(flood.calls, from, to), 'ms'),
        figure(`  normal again after it`, secondsUntilNormal(flood.calls, to, normal), 's', { atMost: BACK_WITHIN_S }),
      ];
    }),
    figure('  everybody served after the last arrival', flood.drained, 's'),
  ];
}

/** What 95 of 100 calls took that were sent between these seconds. */
function slowest(calls: readonly Call[], from: number, to: number): number {
  const times = calls.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms);
  return percentile(
    times.toSorted((a, b) => a - b),
    0.95,
  );
}

/** The first second after which five in a row are as usual; a second in which nobody called is none to wait in. */
function secondsUntilNormal(calls: readonly Call[], from: number, normal: number): number {
  const last = Math.max(...calls.map(({ at }) => at));
  for (let at = 0; from + at <= last; at += 1)
    if ([0, 1, 2, 3, 4].every((more) => slowest(calls, from + at + more, from + at + more + 1) <= normal)) return at;
  return last - from;
}
