/**
 * How groups that stand already become lawful again after people moved in, moved away or died: newcomers join their nearest group,
 * a group that grew too large is split, one that shrank is merged with its nearest or evened out with it. As few groups as can be
 * are touched. Pure: it proposes, and staff decide.
 */
import {
  canSplit,
  isLawful,
  lineUp,
  nearness,
  obstacleFor,
  splitIntoGroups,
  type Neighbour,
  type Obstacle,
} from './rules.ts';
import { groupSize } from '../rulebook.ts';

export interface Standing {
  id: string;
  people: Neighbour[];
}

/** A group as it would be; `groupId` is null for a new one. */
export interface Slot {
  groupId: string | null;
  people: string[];
}

export interface Plan {
  slots: Slot[];
  left: string[];
  obstacle: Obstacle | null;
}

interface Working {
  groupId: string | null;
  people: Neighbour[];
}

/** The groups that would stand, with everybody in exactly one where that can be. */
export function planGroups(standing: readonly Standing[], newcomers: readonly Neighbour[]): Plan {
  const everybody = [...standing.flatMap(({ people }) => people), ...newcomers];
  const obstacle = obstacleFor(everybody.length);
  // A group that everybody left is no group: it neither needs mending nor drags its neighbours into it.
  const peopled = standing.filter(({ people }) => people.length > 0);
  if (peopled.length === 0 || obstacle) return afresh(standing, everybody);
  const working: Working[] = peopled.map(({ id, people }) => ({ groupId: id, people: [...people] }));
  for (const one of lineUp(newcomers)) nearestTo(one, working).people.push(one);
  for (let unfit = working.find(isUnfit); unfit; unfit = working.find(isUnfit)) mend(working, unfit, everybody);
  return { slots: working.map(asSlot), left: [], obstacle: null };
}

const isUnfit = ({ people }: Working): boolean => !isLawful(people.length);
const asSlot = ({ groupId, people }: Working): Slot => ({ groupId, people: people.map(({ id }) => id) });

/** All of them anew; a group keeps its name where most of its people go. */
function afresh(standing: readonly Standing[], everybody: readonly Neighbour[]): Plan {
  const { groups, left, obstacle } = splitIntoGroups(everybody);
  const byId = new Map(everybody.map((one) => [one.id, one]));
  const people = groups.map((group) => group.flatMap((id) => byId.get(id) ?? []));
  return { slots: named(people, standing).map(asSlot), left, obstacle };
}

/** Where most of the nearest neighbours are, among the groups with room; of equals the smallest. */
function nearestTo(one: Neighbour, groups: readonly Working[]): Working {
  const withRoom = groups.filter(({ people }) => people.length < groupSize.most);
  const ranked = (withRoom.length > 0 ? withRoom : groups)
    .map((group) => ({ group, near: neighboursBy(one, group.people) }))
    .toSorted((a, b) => nearerFirst(a.near, b.near) || a.group.people.length - b.group.people.length);
  return ranked[0]?.group as Working;
}

/** How many live in the same home, on the same staircase, in the same building, in the same estate. */
export function neighboursBy(one: Neighbour, people: readonly Neighbour[]): number[] {
  const counts = [0, 0, 0, 0];
  for (const other of people) {
    const near = nearness(one, other);
    if (near > 0) counts[4 - near] = (counts[4 - near] ?? 0) + 1;
  }
  return counts;
}

/** Orders by such counts: who has more of the nearest neighbours comes first. */
export const nearerFirst = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((count, index) => count !== b[index]);
  return at === -1 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
};

/** Makes one group lawful, alone or together with as few of the nearest as it takes. */
function mend(working: Working[], unfit: Working, everybody: readonly Neighbour[]): void {
  const place = new Map(lineUp(everybody).map(({ id }, at) => [id, at]));
  const middleOf = ({ people }: Working): number =>
    people.reduce((sum, { id }) => sum + (place.get(id) ?? 0), 0) / Math.max(people.length, 1);
  const middle = middleOf(unfit);
  const others = working
    .filter((group) => group !== unfit)
    .toSorted((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle));
  const together = [unfit];
  const size = () => together.reduce((sum, { people }) => sum + people.length, 0);
  while (!canSplit(size())) {
    const next = others.shift();
    if (!next) throw new Error('Everybody together can be split: it was looked at before.');
    together.push(next);
  }
  const people = together.flatMap((group) => group.people);
  const byId = new Map(people.map((one) => [one.id, one]));
  const groups = splitIntoGroups(people).groups.map((group) => group.flatMap((id) => byId.get(id) ?? []));
  const before = together.flatMap((one) => (one.groupId ? [{ id: one.groupId, people: one.people }] : []));
  const at = Math.min(...together.map((one) => working.indexOf(one)));
  const kept = working.filter((one) => !together.includes(one));
  working.splice(0, working.length, ...kept.slice(0, at), ...named(groups, before), ...kept.slice(at));
}

/** Gives each group the name of the one that most of its people were in; each name once. */
function named(groups: readonly Neighbour[][], before: readonly Standing[]): Working[] {
  const wasIn = new Map(before.flatMap(({ id, people }) => people.map((one) => [one.id, id] as const)));
  const claims = groups
    .flatMap((people, at) =>
      before.map(({ id }) => ({ at, id, shared: people.filter((one) => wasIn.get(one.id) === id).length })),
    )
    .filter(({ shared }) => shared > 0)
    .toSorted((a, b) => b.shared - a.shared);
  const nameOf = new Map<number, string>();
  const taken = new Set<string>();
  for (const { at, id } of claims) {
    if (nameOf.has(at) || taken.has(id)) continue;
    nameOf.set(at, id);
    taken.add(id);
  }
  return groups.map((people, at) => ({ groupId: nameOf.get(at) ?? null, people }));
}

/** What stands in the way of confirming groups of these sizes; empty groups are no groups. */
export function faultsOf(sizes: readonly number[], left: number): { unlawful: number[]; leftOut: boolean } {
  const everybody = sizes.reduce((sum, size) => sum + size, left);
  return {
    unlawful: sizes.flatMap((size, at) => (size === 0 || isLawful(size) ? [] : [at])),
    leftOut: left > 0 && obstacleFor(everybody) === null,
  };
}
