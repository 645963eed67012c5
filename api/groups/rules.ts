/**
 * How a community's retirees become self-help groups (第十四条): groups of 30 to 50, neighbours together, everybody in exactly one.
 * Pure. People are laid on a line by where they live (estate or street, building, unit, room), and the line is cut.
 */
import type { Place } from '../../db/schema/registry.ts';
import { groupSize } from '../rulebook.ts';

const { least, most } = groupSize;

/** Somebody with a home; without a known one, they come last on the line. */
export interface Neighbour {
  id: string;
  home: Place | null;
}

/**
 * Why not everybody can be in a group. `too-few`: fewer than the smallest group has. `between`: too many for the largest number of
 * groups of full size, too few for one more (51 to 59). `short`: how many people more would make it possible.
 */
export interface Obstacle {
  reason: 'too-few' | 'between';
  people: number;
  short: number;
}

export interface Split {
  groups: string[][];
  /** Who cannot be in a group yet. Empty unless there is an obstacle. */
  left: string[];
  /** What stands in the way; then `groups` are the nearest lawful choice: as many people in groups as can be. */
  obstacle: Obstacle | null;
}

export const isLawful = (size: number): boolean => size >= least && size <= most;

/** Whether so many people can be split into lawful groups without anybody left over. */
export const canSplit = (people: number): boolean =>
  people > 0 && Math.ceil(people / most) <= Math.floor(people / least);

/** What stands in the way of groups for so many people; null when nothing does. */
export function obstacleFor(people: number): Obstacle | null {
  if (people === 0 || canSplit(people)) return null;
  const groups = Math.ceil(people / most);
  return { reason: people < least ? 'too-few' : 'between', people, short: groups * least - people };
}

/**
 * Splits people into lawful groups of neighbours. When it cannot be done for all, those who live closest together form full
 * groups and the fewest are left over; fewer than 30 are all left over. The order of `people` does not matter.
 */
export function splitIntoGroups(people: readonly Neighbour[]): Split {
  const line = lineUp(people);
  const obstacle = obstacleFor(line.length);
  if (!obstacle) return { groups: cut(line), left: [], obstacle };
  const room = Math.floor(line.length / most) * most;
  const from = bestStart(line, room);
  const inside = line.slice(from, from + room);
  const outside = [...line.slice(0, from), ...line.slice(from + room)];
  return { groups: cut(inside), left: outside.map(({ id }) => id), obstacle };
}

const collator = new Intl.Collator('zh', { numeric: true });
const parts = ['estate', 'building', 'unit', 'room'] as const;
type Part = (typeof parts)[number];
const partOf = ({ home }: Neighbour, part: Part): string =>
  home?.[part] ?? (part === 'estate' ? (home?.words ?? '') : '');

/** People in the order in which they live; the unknown come last. */
export function lineUp<One extends Neighbour>(people: readonly One[]): One[] {
  return people.toSorted((a, b) => {
    const known = Number(isUnknown(a)) - Number(isUnknown(b));
    if (known !== 0) return known;
    for (const part of parts) {
      const [here, there] = [partOf(a, part), partOf(b, part)];
      // What sorts alike need not be the same home: 03 and 3.
      if (here !== there) return collator.compare(here, there) || (here < there ? -1 : 1);
    }
    return a.id < b.id ? -1 : 1;
  });
}

const isUnknown = (one: Neighbour): boolean => parts.every((part) => partOf(one, part) === '');

/** An estate of fewer would say where one of them lives. */
const FEWEST_OF_AN_AREA = 3;
const MOST_AREAS = 3;

/** Where a group lives, for whoever looks for one: its largest estates or streets, as few as can be said in a line. */
export function areasOf(people: readonly Neighbour[]): string[] {
  const counts = new Map<string, number>();
  for (const one of people) {
    const estate = one.home?.estate;
    if (estate) counts.set(estate, (counts.get(estate) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= FEWEST_OF_AN_AREA)
    .toSorted((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]))
    .slice(0, MOST_AREAS)
    .map(([estate]) => estate);
}

/** How near two people live: 4 in one home, 3 on one staircase, 2 in one building, 1 in one estate or street, else 0. */
export function nearness(a: Neighbour, b: Neighbour): number {
  if (isUnknown(a) || isUnknown(b)) return 0;
  const apart = parts.findIndex((part) => partOf(a, part) !== partOf(b, part));
  return apart === -1 ? parts.length : apart;
}

/**
 * What it costs to part two people who live that near, each far dearer than all that is cheaper: a home is parted only where sizes
 * leave no other way, then a staircase, then a building. Sizes near the middle, which leave room both ways, decide among equals.
 */
const partingCost = [0, 10, 1e5, 1e8, 1e11] as const;
const MIDDLE = (least + most) / 2;

const costOf = (line: readonly Neighbour[], at: number): number => {
  const [before, after] = [line[at - 1], line[at]];
  return before && after ? (partingCost[nearness(before, after)] ?? 0) : 0;
};

/** The cheapest cuts of a line into lawful groups, found from the left. The line's length is one that can be split. */
function cut(line: readonly Neighbour[]): string[][] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= line.length; end += 1) {
    let cheapest = { cost: Infinity, from: 0 };
    const parting = costOf(line, end);
    for (let size = least; size <= Math.min(most, end); size += 1) {
      const from = end - size;
      const cost = (best[from]?.cost ?? Infinity) + (size - MIDDLE) ** 2 + parting;
      if (cost < cheapest.cost) cheapest = { cost, from };
    }
    best.push(cheapest);
  }
  const groups: string[][] = [];
  for (let end = line.length; end > 0; end = best[end]?.from ?? 0)
    groups.unshift(line.slice(best[end]?.from ?? 0, end).map(({ id }) => id));
  return groups;
}

/** Where a stretch of so many begins that parts the fewest neighbours from the others. */
function bestStart(line: readonly Neighbour[], room: number): number {
  let best = { cost: Infinity, from: 0 };
  for (let from = 0; from + room <= line.length; from += 1) {
    const cost = costOf(line, from) + costOf(line, from + room);
    if (cost < best.cost) best = { cost, from };
  }
  return best.from;
}
