/** 第十四条: groups of 30 to 50, neighbours together, everybody in exactly one; and what is said when it cannot be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areasOf, canSplit, isLawful, nearness, splitIntoGroups, type Neighbour } from '../../../api/groups/rules.ts';

const upwards = (a: number, b: number) => a - b;
const person = (n: number, home: Neighbour['home']): Neighbour => ({ id: String(n).padStart(5, '0'), home });
/** So many people in buildings of one estate, so many to a building, two to a home. */
const estate = (people: number, toABuilding = 12) =>
  Array.from({ length: people }, (_, n) =>
    person(n, {
      estate: '梓园小区',
      building: String(Math.floor(n / toABuilding) + 1),
      unit: '1',
      room: String(101 + Math.floor((n % toABuilding) / 2)),
    }),
  );

describe('how many groups of which sizes', () => {
  test.each<[number, number[], number, string | null, number]>([
    [0, [], 0, null, 0],
    [1, [], 1, 'too-few', 29],
    [29, [], 29, 'too-few', 1],
    [30, [30], 0, null, 0],
    [50, [50], 0, null, 0],
    [51, [50], 1, 'between', 9],
    [59, [50], 9, 'between', 1],
    [60, [30, 30], 0, null, 0],
    [100, [32, 32, 36], 0, null, 0],
    // Buildings of twelve: none is parted.
    [173, [36, 48, 48, 41], 0, null, 0],
  ])('%i people', (people, sizes, left, reason, short) => {
    const split = splitIntoGroups(estate(people));
    expect(split.groups.map((group) => group.length).toSorted(upwards)).toEqual(sizes.toSorted(upwards));
    expect(split.left).toHaveLength(left);
    expect(split.obstacle?.reason ?? null).toBe(reason);
    expect(split.obstacle?.short ?? 0).toBe(short);
  });

  test('51 to 59 is the only gap above thirty', () => {
    const gaps = Array.from({ length: 500 }, (_, n) => n).filter((n) => n >= 30 && !canSplit(n));
    expect(gaps).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59]);
  });
});

test('those who are left over live together, away from the others', () => {
  const street = (n: number, name: string) => person(n, { estate: name, building: '1' });
  const here = Array.from({ length: 50 }, (_, n) => street(n, '韶山路3号'));
  const there = Array.from({ length: 5 }, (_, n) => street(100 + n, '八一路9号'));
  expect(splitIntoGroups([...here, ...there]).left.toSorted()).toEqual(there.map(({ id }) => id));
});

test.each<[Neighbour['home'], Neighbour['home'], number]>([
  [
    { estate: '梓园', building: '3', unit: '2', room: '101' },
    { estate: '梓园', building: '3', unit: '2', room: '101' },
    4,
  ],
  [
    { estate: '梓园', building: '3', unit: '2', room: '101' },
    { estate: '梓园', building: '3', unit: '2', room: '102' },
    3,
  ],
  [{ estate: '梓园', building: '3', unit: '2' }, { estate: '梓园', building: '3', unit: '1' }, 2],
  [{ estate: '梓园', building: '3' }, { estate: '梓园', building: '4' }, 1],
  [{ estate: '梓园', building: '3' }, { estate: '韶山路3号', building: '3' }, 0],
  [{}, {}, 0],
  [null, { estate: '梓园' }, 0],
])('%j and %j are that near: %i', (a, b, near) => {
  expect(nearness(person(1, a), person(2, b))).toBe(near);
});

const homes = fc.record(
  {
    estate: fc.constantFrom('梓园小区', '韶山路3号', '东方新城'),
    building: fc.integer({ min: 1, max: 14 }).map(String),
    unit: fc.constantFrom('1', '2', '3'),
    room: fc.integer({ min: 101, max: 130 }).map(String),
  },
  { requiredKeys: [] },
);
const community = fc.array(fc.option(homes), { maxLength: 400 }).map((all) => all.map((home, n) => person(n, home)));

test('a group is found by its largest estates; one where two live is not named', () => {
  const at = (name: string, count: number, from: number) =>
    Array.from({ length: count }, (_, n) => person(from + n, { estate: name, building: '1' }));
  const people = [...at('韶山路3号', 9, 0), ...at('梓园小区', 20, 100), ...at('八一路9号', 2, 200), person(300, null)];
  expect(areasOf(people)).toEqual(['梓园小区', '韶山路3号']);
});

describe('whoever lives wherever', () => {
  test('sizes are lawful, nobody is lost or twice, and only an obstacle leaves anybody out', () => {
    fc.assert(
      fc.property(community, (people) => {
        const { groups, left, obstacle } = splitIntoGroups(people);
        expect(groups.every((group) => isLawful(group.length))).toBe(true);
        expect([...groups.flat(), ...left].toSorted()).toEqual(people.map(({ id }) => id));
        expect(left.length > 0).toBe(obstacle !== null);
        // The fewest are left out: none where it can be, and never as many as would make a group.
        expect(left.length).toBeLessThan(30);
      }),
      { numRuns: 300 },
    );
  });

  test('the order in which they are named changes nothing', () => {
    const shuffled = community.chain((people) =>
      fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
    );
    fc.assert(
      fc.property(shuffled, ([people, again]) => {
        expect(splitIntoGroups(again)).toEqual(splitIntoGroups(people));
      }),
      { numRuns: 100 },
    );
  });

  test('neighbours stay together: no two groups share two buildings, and no more buildings are parted than there are cuts', () => {
    fc.assert(
      fc.property(community, (people) => {
        const { groups, obstacle } = splitIntoGroups(people);
        if (obstacle) return;
        const byId = new Map(people.map((one) => [one.id, one]));
        const buildings = groups.map(
          (group) => new Set(group.map((id) => [byId.get(id)?.home?.estate, byId.get(id)?.home?.building].join('/'))),
        );
        const all = new Set(buildings.flatMap((set) => [...set]));
        const parted = [...all].filter((one) => buildings.filter((set) => set.has(one)).length > 1);
        expect(parted.length).toBeLessThan(Math.max(groups.length, 1));
      }),
      { numRuns: 200 },
    );
  });

  test('a building is parted only where no lawful sizes leave it whole', () => {
    // Buildings of five: every size from 30 to 50 that is a multiple of five keeps them whole.
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), (count) => {
        const people = estate(count * 5, 5);
        const byId = new Map(people.map((one) => [one.id, one.home?.building]));
        const { groups } = splitIntoGroups(people);
        const seen = groups.flatMap((group) => [...new Set(group.map((id) => byId.get(id)))]);
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });
});
