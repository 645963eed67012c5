/**
 * What became of an invented case: its kind, who applied, its moves one after the other, and where it stands. Six in a hundred
 * are still waiting, far more than a city would have, so that every list is full.
 */
import type { Capacity, Status } from '../../../db/schema/engine.ts';
import { chanceFrom, type Chance } from '../../../db/seed/demo/prng.ts';

export type Kind = 'relocation' | 'address-change' | 'call-back';

export interface Move {
  verb: 'open' | 'approve' | 'return' | 'resubmit' | 'reject' | 'withdraw';
  /** The step in which it was used. */
  step: string;
  /** The status after it. */
  status: Status;
  at: Date;
  by: 'applicant' | 'clerk';
}

export interface Life {
  kind: Kind;
  capacity: Capacity;
  moves: Move[];
  status: Status;
  /** Null once it ended. */
  step: string | null;
}

type Fate = 'approved' | 'rejected' | 'withdrawn' | 'open' | 'entering' | 'returned';

export const WAITING_SHARE = 0.06;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** How far back the first case lies. */
const YEARS_BACK = 2.5 * 365 * DAY;

const kinds: [Kind, number][] = [
  ['relocation', 45],
  ['address-change', 35],
  ['call-back', 20],
];
const ended: [Fate, number][] = [
  ['approved', 90],
  ['rejected', 6],
  ['withdrawn', 4],
];
const alive: [Fate, number][] = [
  ['open', 66],
  ['entering', 26],
  ['returned', 8],
];

/** The life of case number `at` of `count`, seen at `now`; older cases come first. */
export function lifeOf(at: number, count: number, hasAccount: boolean, now: Date): Life {
  const chance = chanceFrom(at * 2 + 1);
  const waits = at >= count * (1 - WAITING_SHARE);
  const kind = chance.weighted(kinds);
  const capacity: Capacity = hasAccount ? 'self' : kind === 'call-back' ? 'relative' : 'counter';
  const openedAt = waits ? waitingSince(chance, now) : longAgo(at, count, chance, now);
  const moves = [...story(chance, kind, chance.weighted(waits ? alive : ended))];
  let time = openedAt.getTime();
  const dated = moves.map((move) => {
    const done = { ...move, at: new Date(Math.min(time, now.getTime() - 1000)) };
    time += chance.between(1, 30) * HOUR;
    return done;
  });
  const last = dated.at(-1) as Move;
  const lives = ['open', 'entering', 'returned'].includes(last.status);
  const step = lives ? (last.status === 'entering' ? 'enter' : last.step) : null;
  return { kind, capacity, moves: dated, status: last.status, step };
}

/** Most wait since a few days; some have been forgotten for weeks. */
function waitingSince(chance: Chance, now: Date): Date {
  const days = chance.happens(0.12) ? 4 + chance.next() * 30 : chance.next() * 2.5;
  return new Date(now.getTime() - days * DAY);
}

function longAgo(at: number, count: number, chance: Chance, now: Date): Date {
  const share = at / (count * (1 - WAITING_SHARE));
  return new Date(now.getTime() - 12 * DAY - (1 - share) * YEARS_BACK - chance.next() * HOUR);
}

function* story(chance: Chance, kind: Kind, fate: Fate): Generator<Omit<Move, 'at'>> {
  const step = kind === 'call-back' ? 'call' : 'decide';
  yield { verb: 'open', step, status: 'open', by: 'applicant' };
  const calls = kind === 'call-back';
  if (!calls && fate !== 'returned' && chance.happens(0.08)) {
    yield { verb: 'return', step, status: 'returned', by: 'clerk' };
    yield { verb: 'resubmit', step, status: 'open', by: 'applicant' };
  }
  if (fate === 'withdrawn') yield { verb: 'withdraw', step, status: 'withdrawn', by: 'applicant' };
  if (fate === 'rejected' && !calls) yield { verb: 'reject', step, status: 'rejected', by: 'clerk' };
  if (fate === 'returned' && !calls) yield { verb: 'return', step, status: 'returned', by: 'clerk' };
  if (calls && (fate === 'approved' || fate === 'rejected'))
    yield { verb: 'approve', step, status: 'approved', by: 'clerk' };
  if (!calls && (fate === 'approved' || fate === 'entering'))
    yield { verb: 'approve', step, status: 'entering', by: 'clerk' };
  if (!calls && fate === 'approved') yield { verb: 'approve', step: 'enter', status: 'approved', by: 'clerk' };
}
