import { describe, expect, it, test } from 'vitest';
import { birthDateOf, parseIdNumber, sexOf } from '../../../../api/values/id-number.ts';
import { parsePhone } from '../../../../api/values/phone.ts';
import type { PlainMonth } from '../../../../api/values/plain-month.ts';
import { allUnits } from '../../../../db/seed/divisions.ts';
import { demoData, demoSignIns } from '../../../../db/seed/demo/index.ts';
import { namedNewcomer } from '../../../../db/seed/demo/named.ts';
import { retirementMonth } from '../../../../db/seed/demo/retirement.ts';

const demo = demoData();
const units = new Map(allUnits().map((unit) => [unit.id, unit]));

describe('the demo data', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(demoData()).toEqual(demo);
    expect(demoData({ seed: 2 }).retirees).not.toEqual(demo.retirees);
    expect(demoData({ retirees: 50 }).retirees).toHaveLength(50);
  });

  it('has 2,000 retirees in 12 communities of 3 streets in 2 districts', () => {
    const communities = new Set(demo.retirees.map(({ communityId }) => communityId));
    expect(demo.retirees).toHaveLength(2000);
    expect([12, 9, 6].map((length) => new Set([...communities].map((id) => id.slice(0, length))).size)).toEqual([
      12, 3, 2,
    ]);
    for (const id of communities) expect(units.get(id)?.level).toBe('community');
  });

  it('gives everybody a valid identity number of their own, true to birth and sex', () => {
    expect(new Set(demo.retirees.map(({ idNumber }) => idNumber)).size).toBe(2000);
    for (const { idNumber, born, sex } of demo.retirees) {
      expect(parseIdNumber(idNumber)).toEqual({ ok: true, value: idNumber });
      expect([birthDateOf(idNumber), sexOf(idNumber)]).toEqual([born, sex]);
    }
  });

  it('has people born from 1926 to 1976 who had reached the age and had retired', () => {
    for (const { born, sex, retiredOn, careSince, livesSince } of demo.retirees) {
      const age = Number(retiredOn?.slice(0, 4)) - Number(born.slice(0, 4));
      expect(Number(born.slice(0, 4))).toBeGreaterThanOrEqual(1926);
      expect(Number(born.slice(0, 4))).toBeLessThanOrEqual(1976);
      expect(age).toBeGreaterThanOrEqual(sex === 'male' ? 60 : 50);
      expect((retiredOn ?? '') <= careSince && livesSince <= careSince && careSince <= '2026-12-01').toBe(true);
    }
  });

  it('gives each phone to one person only', () => {
    const phones = [...demo.retirees, ...demo.relatives, ...demo.staff]
      .map(({ phone }) => phone)
      .filter((phone) => phone !== null);
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(parsePhone(phone)).toMatchObject({ ok: true, value: phone });
  });

  it('has relatives for a third of the retirees', () => {
    const withRelatives = new Set(demo.relatives.map(({ retireeKey }) => retireeKey));
    expect(withRelatives.size / demo.retirees.length).toBeCloseTo(1 / 3, 2);
    const keys = new Set(demo.retirees.map(({ key }) => key));
    for (const { retireeKey } of demo.relatives) expect(keys).toContain(retireeKey);
  });

  it('insures everybody with an agency, and staffs every community, street, district, the city and the agencies', () => {
    for (const { insuredAt } of demo.retirees) expect(units.get(insuredAt)?.level).toBe('agency');
    const posts = new Set(demo.staff.map(({ unitId, role }) => `${role} ${unitId}`));
    const offices = new Set(
      demo.retirees.flatMap(({ communityId: id, insuredAt }) => [id, id.slice(0, 9), id.slice(0, 6), insuredAt]),
    );
    for (const unitId of [...offices, '4301']) {
      for (const role of ['clerk', 'lead']) expect(posts).toContain(`${role} ${unitId}`);
    }
    for (const { unitId } of demo.staff) expect(units.has(unitId)).toBe(true);
  });

  it('lets the people of the story sign in: a mother and her daughter in 识字里社区, a clerk elsewhere', () => {
    const everybody = [...demo.retirees, ...demo.relatives, ...demo.staff, namedNewcomer];
    for (const { name, phone } of demoSignIns) {
      expect(everybody).toContainEqual(expect.objectContaining({ name, phone }));
    }
    const [mother, daughter] = demoSignIns;
    expect([mother?.name, daughter?.name, units.get(mother?.unitId ?? '')?.name]).toEqual([
      '刘淑兰',
      '周敏',
      '识字里社区',
    ]);
    const receiving = demoSignIns.find((person) => person.as === 'receiving-clerk');
    expect(receiving?.unitId.slice(0, 6)).not.toBe(mother?.unitId.slice(0, 6));
  });
});

describe('the month of retirement', () => {
  test.each([
    ['1948-03', 50, '1998-03'],
    ['1964-12', 60, '2024-12'],
    ['1965-01', 60, '2025-02'],
    ['1965-05', 60, '2025-07'],
    ['1969-12', 55, '2024-12'],
    ['1970-01', 55, '2025-02'],
    ['1975-01', 50, '2025-02'],
    ['1976-02', 50, '2026-09'],
    ['1984-11', 50, '2039-11'],
  ] as const)('of somebody born in %s with the age %i is %s', (born, age, month) => {
    expect(retirementMonth(born as PlainMonth, age)).toBe(month);
  });
});
