/** The tree of offices: who stands above whom, and how people find the place they live in. */
import { describe, expect, test } from 'vitest';
import { unitTree } from '../../../api/registry/unit-tree.ts';
import { allUnits } from '../../../db/seed/divisions.ts';
import { withPaths } from '../../../db/seed/load-units.ts';

const rows = withPaths(allUnits());
const units = unitTree(rows.map(({ parentId = null, ...unit }) => ({ ...unit, parentId, phone: null, hours: null })));
const SHIZILI = '430102001001';
const names = (words: string) => units.search(words, 'community', 8).map((unit) => unit.name);

describe('above', () => {
  test('a community belongs to its street, district and city', () => {
    const community = units.get(SHIZILI);
    expect(units.above(community, 'street')?.name).toBe('文艺路街道');
    expect(units.above(community, 'district')?.name).toBe('芙蓉区');
    expect(units.above(community, 'city')?.name).toBe('长沙市');
  });
  test('its agency is that of its district; the city has one of its own', () => {
    expect(units.above(units.get(SHIZILI), 'agency')?.id).toBe('A430102');
    expect(units.cityAgency().id).toBe('A4301');
  });
  test('nothing stands above nothing', () => {
    expect(units.above(null, 'street')).toBeNull();
  });
});

describe('within', () => {
  test('the city holds everything, a community only itself', () => {
    expect(units.within('4301').length).toBe(allUnits().length);
    expect(units.within(SHIZILI)).toEqual([SHIZILI]);
  });
});

describe('search', () => {
  test.each(['识字里', '识字里社区', '识字里社区居委会', 'shizili', ' 识字里 '])(
    '%s finds 识字里社区 first',
    (words) => {
      expect(names(words)[0]).toBe('识字里社区');
    },
  );
  test('initials that several share find them all', () => {
    expect(names('szl')).toEqual(expect.arrayContaining(['识字里社区', '狮子岭村']));
  });
  test('what nobody is called finds nothing', () => {
    expect(names('没有这个地方')).toEqual([]);
    expect(names('')).toEqual([]);
  });
  test('the full name tells communities of one name apart', () => {
    const unit = units.get(SHIZILI);
    expect(unit && units.fullName(unit)).toBe('芙蓉区 文艺路街道 识字里社区');
  });
});
