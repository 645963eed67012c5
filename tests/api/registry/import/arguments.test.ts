import { describe, expect, it, test } from 'vitest';
import { readArguments } from '../../../../api/registry/import/arguments.ts';

describe('npm run import', () => {
  it('takes a file and its options in any order', () => {
    expect(readArguments(['--dry-run', 'retirees', 'a.xlsx', '--community', '430102001001'], 'en_US.UTF-8')).toEqual({
      what: 'retirees',
      file: 'a.xlsx',
      dryRun: true,
      skipBad: false,
      community: '430102001001',
      locale: 'en',
    });
    expect(readArguments(['retirees', 'a.csv', '--skip-bad', '--lang=zh-Hant'], undefined)).toMatchObject({
      skipBad: true,
      locale: 'zh-Hant',
    });
  });

  test.each([
    [[]],
    [['retirees']],
    [['people', 'a.csv']],
    [['retirees', 'a.csv', 'b.csv']],
    [['retirees', 'a.csv', '--force']],
  ])('refuses %j', (args) => {
    expect(readArguments(args, undefined)).toBeNull();
  });
});
