/** Groups that stand become lawful again: as few as can be are touched, nobody is lost, and it is only proposed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canSplit, isLawful, type Neighbour } from '../../../api/groups/rules.ts';
import { faultsOf, planGroups, type Standing } from '../../../api/groups/settle.ts';

/** So many people of one building. */
const building = (name: string, count: number): Neighbour[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${name}-${String(n).padStart(3, '0')}`,
    home: { estate: '梓园小区', building: name, unit: '1', room: String(101 + n) },
  }));
const group = (name: string, count: number): Standing => ({ id: name, people: building(name, count) });
const sizes = (plan: ReturnType<typeof planGroups>) => plan.slots.map((slot) => [slot.groupId, slot.people.length]);

describe('groups that stand', () => {
  test('stay as they are when they are lawful', () => {
    expect(sizes(planGroups([group('1', 30), group('2', 50)], []))).toEqual([
      ['1', 30],
      ['2', 50],
    ]);
  });

  test('take a newcomer in where they live, or nearby when that group is full', () => {
    const [newcomer] = building('2', 1).map((one) => ({ ...one, id: 'new' }));
    expect(sizes(planGroups([group('1', 35), group('2', 40)], newcomer ? [newcomer] : []))).toEqual([
      ['1', 35],
      ['2', 41],
    ]);
    expect(sizes(planGroups([group('1', 35), group('2', 50)], newcomer ? [newcomer] : []))).toEqual([
      ['1', 36],
      ['2', 50],
    ]);
  });

  test('are split when they can be, keeping the name where most stay', () => {
    const plan = planGroups([group('1', 40), group('2', 61)], []);
    expect(plan.slots.map((slot) => slot.groupId)).toEqual(['1', '2', null]);
    expect(plan.slots[0]?.people).toHaveLength(40);
  });

  test('are merged with the nearest when both fit into one', () => {
    expect(sizes(planGroups([group('1', 29), group('2', 21), group('9', 45)], []))).toEqual([
      ['1', 50],
      ['9', 45],
    ]);
  });

  test('are evened out with the nearest when they do not', () => {
    const plan = planGroups([group('1', 29), group('2', 45), group('9', 45)], []);
    expect(plan.slots.at(-1)).toMatchObject({ groupId: '9', people: { length: 45 } });
    expect(plan.slots.map((slot) => slot.people.length).every(isLawful)).toBe(true);
  });

  test('are made anew where not everybody can be in one: the largest lawful, and who is left', () => {
    const plan = planGroups([group('1', 50)], building('2', 3));
    expect(plan).toMatchObject({ obstacle: { reason: 'between', short: 7 }, slots: [{ groupId: '1' }] });
    expect(plan.left).toHaveLength(3);
    expect(planGroups([group('1', 29)], [])).toMatchObject({ obstacle: { reason: 'too-few', short: 1 }, slots: [] });
  });

  test('are over when everybody left, and no neighbour is touched for it', () => {
    expect(planGroups([group('1', 0)], [])).toEqual({ slots: [], left: [], obstacle: null });
    const plan = planGroups([group('1', 0), group('2', 45)], []);
    expect(plan.slots).toMatchObject([{ groupId: '2', people: { length: 45 } }]);
  });

  test('whatever they were and whoever comes: lawful, nobody lost or twice, whenever it can be', () => {
    const community = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 75 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(community, ([counts, coming]) => {
        const standing = counts.map((count, at) => group(String(at + 1), count));
        const newcomers = coming.flatMap((count, at) => building(`1${at}`, count));
        const plan = planGroups(standing, newcomers);
        const all = [...standing.flatMap(({ people }) => people), ...newcomers].map(({ id }) => id);
        expect([...plan.slots.flatMap(({ people }) => people), ...plan.left].toSorted()).toEqual(all.toSorted());
        const filled = plan.slots.filter(({ people }) => people.length > 0);
        expect(filled.every(({ people }) => isLawful(people.length))).toBe(true);
        if (canSplit(all.length)) expect(plan.left).toEqual([]);
        const kept = plan.slots.flatMap(({ groupId }) => groupId ?? []);
        expect(new Set(kept).size).toBe(kept.length);
      }),
      { numRuns: 200 },
    );
  });
});

test.each<[number[], number, { unlawful: number[]; leftOut: boolean }]>([
  [[30, 50], 0, { unlawful: [], leftOut: false }],
  [[29, 51], 0, { unlawful: [0, 1], leftOut: false }],
  [[40, 0, 40], 0, { unlawful: [], leftOut: false }],
  [[40, 40], 5, { unlawful: [], leftOut: true }],
  [[50], 5, { unlawful: [], leftOut: false }],
])('groups of %j with %i in none: %j', (people, left, faults) => {
  expect(faultsOf(people, left)).toEqual(faults);
});
