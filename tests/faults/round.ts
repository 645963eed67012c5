/** One round: people begin, something breaks and is mended, they come to their end, the outbox empties, and all of it is verified. */
import { setTimeout as wait } from 'node:timers/promises';
import { dayOf } from '../../api/dates.ts';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { Kind } from './kinds.ts';
import { askForCall, type ChatScene } from './traffic/chat.ts';
import { Insistent, type Hindrances } from './traffic/insist.ts';
import { picture } from './traffic/picture.ts';
import { beVisited, move, type Acknowledged } from './traffic/stories.ts';
import type { Person, Player } from './town/cast.ts';
import type { Town } from './town/town.ts';
import { messagesSoFar, verify, type Verdict } from './verify.ts';

export interface Played extends Verdict {
  kind: string;
  acknowledged: number;
  hindrances: Hindrances;
  /** From the mending to the next acknowledged submission. */
  backMs: number;
  /** Why it could not be tried here. */
  skipped?: string;
}

/** People at once, by what they do. */
const PLAYERS = { move: 3, beVisited: 2, askForCall: 2 } as const;
/** So many are acknowledged before something breaks, and after it was mended. */
const WARM = 3;
const COME_BACK_MS = 120_000;
const DRAIN_MS = 120_000;

type Story = (scene: ChatScene, person: Person, clerk: Player) => Promise<void>;

/** Whose turn it is: nobody comes twice before everybody came once. */
let next = 0;

export async function playRound(town: Town, kind: Kind, turn: number): Promise<Played> {
  const blank = { kind: kind.name, acknowledged: 0, hindrances: {}, backMs: 0, messages: 0, twice: 0, wrong: [] };
  if (kind.name.includes('disk') && !town.volume.isOwn)
    return { ...blank, skipped: 'not tried: only root may mount a disk to fill' };
  const before = await messagesSoFar(town);
  const told: Acknowledged[] = [];
  const wrong: string[] = [];
  await forgetUploads(town);
  const hindrances: Hindrances = {};
  const acted = (phone: Phone) => kind.twice && phone.redeliverLast();
  const scene = sceneOf(town, { hindrances, acknowledge: (one) => told.push(one), acted });
  const playing = beginPlaying(town, scene, (error) => wrong.push(String(error).replaceAll(/\s+/g, ' ')));
  await acknowledged(told, WARM);
  await kind.harm(town, turn);
  const mended = performance.now();
  const isBack = await acknowledged(told, told.length + WARM);
  const backMs = Math.round(performance.now() - mended);
  if (!isBack) wrong.push('nobody was served any more after it was mended');
  await playing.end();
  await drain(town);
  const verdict = await verify(town, told, before, kind.cuts);
  town.post.clear();
  return {
    kind: kind.name,
    acknowledged: told.length,
    hindrances,
    backMs,
    ...verdict,
    wrong: [...wrong, ...verdict.wrong],
  };
}

interface Wanted {
  acknowledge(one: Acknowledged): unknown;
  hindrances?: Hindrances;
  acted?: ChatScene['acted'];
}

/** What the players need of the town. */
export function sceneOf(town: Town, { acknowledge, hindrances = {}, acted = () => {} }: Wanted): ChatScene {
  return {
    web: new Insistent(town.processes.urls, hindrances),
    picture,
    today: () => dayOf(town.clock()),
    acknowledge,
    world: town.world,
    acted,
  };
}

/** Few clerks do in an hour what many do in a day: how many photos one may send an hour is counted anew. */
export async function forgetUploads({ database }: Town): Promise<void> {
  await database.connection.sql`delete from attempts where what = 'upload'`;
}

/** Each player plays one story after the other until all are told to come to their end. */
export function beginPlaying(town: Town, scene: ChatScene, failed: (error: unknown) => void): { end(): Promise<void> } {
  const ending = new AbortController();
  const { people, clerks } = town.cast;
  const play = async (story: Story) => {
    while (!ending.signal.aborted) {
      const person = people[next++ % people.length] as Person;
      const elsewhere = clerks.filter(({ unitId }) => unitId !== person.unitId);
      const own = clerks.find(({ unitId }) => unitId === person.unitId);
      const clerk = story === move ? elsewhere[next % elsewhere.length] : own;
      if (clerk) await story(scene, person, clerk).catch(failed);
    }
  };
  const stories: Record<keyof typeof PLAYERS, Story> = { move, beVisited, askForCall };
  const all = Object.entries(PLAYERS).flatMap(([name, many]) =>
    Array.from({ length: many }, () => play(stories[name as keyof typeof stories])),
  );
  return {
    async end() {
      ending.abort();
      await Promise.all(all);
    },
  };
}

/** Whether so many were acknowledged in time. */
async function acknowledged(told: readonly Acknowledged[], many: number): Promise<boolean> {
  const until = performance.now() + COME_BACK_MS;
  while (told.length < many && performance.now() < until) await wait(20);
  return told.length >= many;
}

/** Waits until nothing is queued. Where the product waits by the clock, the clock is set ahead instead of waiting with it. */
export async function drain({ database: { connection }, clock, jump }: Town): Promise<void> {
  const until = performance.now() + DRAIN_MS;
  while (performance.now() < until) {
    const [row] = await connection.sql<{ n: number; due: Date | null }[]>`
      select count(*)::int as n, min(greatest(next_try_at, coalesce(claimed_until, next_try_at))) as due
        from messages where state = 'queued'`;
    if (!row || row.n === 0) return;
    const aheadMs = row.due ? new Date(row.due).getTime() - clock().getTime() : 0;
    // What is in hand now is marked within moments.
    await wait(500);
    if (aheadMs > 2000) jump(aheadMs);
  }
}
