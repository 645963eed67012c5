import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  normaliseBuilding,
  normaliseRoom,
  normaliseUnit,
  parseAddress,
  showAddress,
} from '../../../api/values/address.ts';

describe('building, unit and room', () => {
  test.each([
    ['3栋', '3'],
    ['３栋', '3'],
    ['三栋', '3'],
    ['3号楼', '3'],
    ['03幢', '3'],
    ['十二栋', '12'],
    ['e3栋', 'E3'],
    ['A座', 'A'],
    ['E-3', 'E3'],
    ['老办公楼', '老办公楼'],
    [' ', null],
  ])('the building %s is %s', (written, stored) => expect(normaliseBuilding(written)).toBe(stored));
  test.each([
    ['2单元', '2'],
    ['２ 单元', '2'],
    ['二单元', '2'],
    ['东门', '东'],
    ['2', '2'],
  ])('the unit %s is %s', (written, stored) => expect(normaliseUnit(written)).toBe(stored));
  test.each([
    ['101室', '101'],
    ['１０１', '101'],
    ['101号房', '101'],
    ['101房', '101'],
    ['一〇一', '101'],
    ['3楼东头', '3楼东头'],
  ])('the room %s is %s', (written, stored) => expect(normaliseRoom(written)).toBe(stored));
});

describe('a written address', () => {
  test.each([
    ['东方新城E3栋101', { estate: '东方新城', building: 'E3', room: '101' }],
    ['东方新城三栋２单元101室', { estate: '东方新城', building: '3', unit: '2', room: '101' }],
    ['韶山路3号2栋1单元302室', { estate: '韶山路3号', building: '2', unit: '1', room: '302' }],
    ['梓园3-2-101', { estate: '梓园', building: '3', unit: '2', room: '101' }],
    ['梓园12-101', { estate: '梓园', building: '12', room: '101' }],
    ['文艺新村2单元501', { estate: '文艺新村', unit: '2', room: '501' }],
    ['长沙市芙蓉区 东方新城 A座 1203', { estate: '长沙市芙蓉区东方新城', building: 'A', room: '1203' }],
    ['祖塔村塘湾组12号', { estate: '祖塔村塘湾组12号' }],
    ['', {}],
  ])('%s', (written, place) => {
    expect(parseAddress(written)).toEqual(place);
  });

  it('is shown as people write it', () => {
    expect(showAddress({ building: '3', unit: '2', room: '101' })).toBe('3栋2单元101');
    expect(showAddress({ words: '广东省深圳市' })).toBe('广东省深圳市');
  });

  it('reads back as it was shown', () => {
    const number = (max: number) => fc.integer({ min: 1, max }).map(String);
    const home = fc.record(
      {
        estate: fc.constantFrom('东方新城', '文艺路12号', '梓园小区'),
        building: fc.oneof(
          number(200),
          number(20).map((n) => `E${n}`),
          fc.constantFrom('A', 'B'),
        ),
        unit: number(9),
        room: number(3504),
      },
      { requiredKeys: ['estate', 'building', 'room'] },
    );
    fc.assert(
      fc.property(home, (place) => {
        expect(parseAddress(showAddress(place))).toEqual(place);
      }),
    );
  });
});
