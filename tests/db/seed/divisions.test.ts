import { describe, expect, it, test } from 'vitest';
import { agencyOf, allUnits, archivesId, cityAgencyId } from '../../../db/seed/divisions.ts';
import { shownName } from '../../../db/seed/unit-names.ts';

const units = allUnits();
const byId = new Map(units.map((unit) => [unit.id, unit]));
const ofLevel = (level: string) => units.filter((unit) => unit.level === level);

describe('the units of Changsha', () => {
  it('are one city, 9 districts, 172 streets, 1,649 communities, 10 agencies and the archives office', () => {
    const counts = ['city', 'district', 'street', 'community', 'agency', 'archives'].map(
      (level) => ofLevel(level).length,
    );
    expect(counts).toEqual([1, 9, 172, 1649, 10, 1]);
  });

  it('have each their own id, and a parent that comes before them', () => {
    expect(byId.size).toBe(units.length);
    const seen = new Set<string | null>([null]);
    for (const unit of units) {
      expect(seen).toContain(unit.parentId);
      seen.add(unit.id);
    }
  });

  it('have codes that begin with the code of their parent', () => {
    const lengths = { city: 4, district: 6, street: 9, community: 12 };
    for (const [level, length] of Object.entries(lengths)) {
      for (const unit of ofLevel(level)) {
        expect(unit.id).toMatch(new RegExp(`^${unit.parentId ?? ''}\\d+$`));
        expect(unit.id).toHaveLength(length);
      }
    }
  });

  it('are told apart by name inside their street', () => {
    const names = ofLevel('community').map((unit) => `${unit.parentId} ${unit.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('show communities without their committee', () => {
    for (const { name } of ofLevel('community')) expect(name).not.toMatch(/委会|委员会$|^村|村村|\d|\s/);
  });

  it('put 识字里社区 into 文艺路街道 of 芙蓉区', () => {
    const unit = ofLevel('community').find(({ name }) => name === '识字里社区');
    const street = byId.get(unit?.parentId ?? '');
    expect([unit?.id, street?.name, byId.get(street?.parentId ?? '')?.name]).toEqual([
      '430102001001',
      '文艺路街道',
      '芙蓉区',
    ]);
  });

  it('give the city and every district an agency', () => {
    expect(byId.get(cityAgencyId)).toMatchObject({
      name: '长沙市社会保险服务中心',
      parentId: '4301',
      phone: '0731-84907501',
    });
    expect(byId.get(archivesId)).toMatchObject({ level: 'archives', parentId: '4301' });
    for (const { id } of ofLevel('district')) {
      expect(byId.get(agencyOf(id))).toMatchObject({ level: 'agency', parentId: id });
    }
  });
});

describe('the shown name of a community', () => {
  test.each([
    ['识字里社区居委会', '识字里社区'],
    ['雨花社区居民委员会', '雨花社区'],
    ['八方社区委员会', '八方社区'],
    ['九道湾社区', '九道湾社区'],
    ['祖塔村委会', '祖塔村'],
    ['杏村村委会', '杏村'],
    ['雅塘村社区居委会', '雅塘村社区'],
    ['罗巷新村村民委委会', '罗巷新村'],
    ['南田坪村村民委员会', '南田坪村'],
    ['红星社区居委会二', '红星社区（二）'],
    ['长沙雨花经济开发区管理委员会虚拟社区', '长沙雨花经济开发区管理委员会虚拟社区'],
  ])('of %s is %s', (official, shown) => expect(shownName(official)).toBe(shown));
});
