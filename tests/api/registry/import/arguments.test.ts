import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { readArguments } from '../../../../api/registry/import/arguments.ts';
import { LARGEST_FILE } from '../../../../api/registry/import/read-roster.ts';
import { say } from '../../../../locales/index.ts';

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

test('a file that is too large is refused by its size, before anything of it is read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tuiguan-roster-'));
  try {
    const file = join(folder, 'roster.csv');
    await writeFile(file, '');
    await truncate(file, LARGEST_FILE + 1);
    const ran = promisify(execFile)(process.execPath, ['api/registry/import/cli.ts', 'retirees', file, '--lang', 'en']);
    await expect(ran).rejects.toMatchObject({ code: 2, stderr: `${say('en', 'import:file.too-large')}\n` });
  } finally {
    await rm(folder, { recursive: true });
  }
});
