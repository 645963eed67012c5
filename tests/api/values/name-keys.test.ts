import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nameKeys, searchTerm, unitKeys, unitSearchTerm } from '../../../api/values/name-keys.ts';

describe('the search keys of a person', () => {
  test.each([
    ['刘淑兰', ['刘淑兰', 'liushulan', 'lsl']],
    ['单雄信', ['单雄信', 'shanxiongxin', 'sxx']],
    ['曾国强', ['曾国强', 'zengguoqiang', 'zgq']],
    ['解珍', ['解珍', 'xiezhen', 'xz']],
    ['仇英', ['仇英', 'qiuying', 'qy']],
    ['吕布', ['吕布', 'lvbu', 'lb']],
    ['欧阳修', ['欧阳修', 'ouyangxiu', 'oyx']],
    [' 刘 淑兰 ', ['刘淑兰', 'liushulan', 'lsl']],
    ['阿依古丽•买买提', ['阿依古丽·买买提', '阿依古丽买买提', 'ayigulimaimaiti', 'ayglmmt']],
  ])('%s', (name, keys) => {
    expect(nameKeys(name)).toEqual(keys);
  });

  it('are never empty and never hold a space or a capital', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        for (const key of nameKeys(name)) expect(key).toMatch(/^[^\sA-Z]+$/);
      }),
    );
  });
});

describe('the search keys of a unit', () => {
  test.each([
    ['识字里社区', ['识字里社区', '识字里', 'shizilishequ', 'szlsq', 'shizili', 'szl']],
    ['祖塔村', ['祖塔村', '祖塔', 'zutacun', 'ztc', 'zuta', 'zt']],
    ['杏村', ['杏村', 'xingcun', 'xc']],
    ['㮾梨街道', ['㮾梨街道', '㮾梨', 'langlijiedao', 'lljd', 'langli', 'll']],
  ])('%s', (name, keys) => {
    expect(unitKeys(name)).toEqual(keys);
  });

  test.each(['识字里', '识字里社区', '识字里居委会', '识字里社区居委会', '识字里社区居民委员会', ' 识字里 社区'])(
    'find 识字里社区 for 「%s」',
    (typed) => {
      expect(unitKeys('识字里社区')).toContain(unitSearchTerm(typed));
    },
  );

  it('find by what a phone keyboard gives', () => {
    expect(unitKeys('识字里社区')).toContain(unitSearchTerm('ＳＺＬ'));
    expect(searchTerm('Liu Shulan')).toBe('liushulan');
  });
});
