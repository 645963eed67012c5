/** A real roster is brought in: all or nothing, twice is once, and whoever was brought in is found at the counter. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlainDate } from '../../../api/dates.ts';
import { importRetirees, type ImportRequest } from '../../../api/registry/import/import-retirees.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { OLD_CLERK } from '../../tools/story.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

const number = (serial: number) => idNumberOf('430101', '1950-02-03' as PlainDate, 'male', serial);
const heading = '序号,姓名,身份证号,性别,参加工作年月,退休时间,住址,本人电话,所属社区';
const line = (name: string, id: string) =>
  `1,${name},${id},男,1970年7月,2010.06,东方新城3栋2单元101,13900001234,识字里社区`;

async function bringIn(lines: string[], options: Partial<ImportRequest> = {}) {
  const printed: string[] = [];
  const code = await importRetirees(house.connection.db, {
    bytes: Buffer.from([heading, ...lines].join('\n')),
    name: 'roster.csv',
    today: '2026-11-23' as PlainDate,
    locale: 'zh-CN',
    dryRun: false,
    skipBad: false,
    community: null,
    print: (text) => printed.push(text),
    ...options,
  });
  return { code, printed: printed.join('\n') };
}

const count = async () => Number((await house.connection.sql`select count(*) from retirees`)[0]?.['count']);

test('one bad row stops the whole file and is named with its line, column and reason', async () => {
  const before = await count();
  const mangled = await bringIn([line('周一平', number(101)), line('周二平', '4.30102E+17')]);
  expect(mangled.code).toBe(1);
  expect(mangled.printed).toMatch(/第\s*3\s*行/);
  expect(mangled.printed).toContain('身份证号');
  expect(await count()).toBe(before);
});

test('a dry run writes nothing; the real run writes; the second run changes nothing', async () => {
  const lines = [line('吴三平', number(103)), line('吴四平', number(104))];
  const before = await count();
  expect((await bringIn(lines, { dryRun: true })).code).toBe(0);
  expect(await count()).toBe(before);
  expect((await bringIn(lines)).code).toBe(0);
  expect(await count()).toBe(before + 2);
  expect((await bringIn(lines)).code).toBe(0);
  expect(await count()).toBe(before + 2);
});

test('--skip-bad writes the good rows and says that some were left out', async () => {
  const before = await count();
  const { code } = await bringIn([line('郑五平', number(105)), line('郑六平', '430101195002030000')], {
    skipBad: true,
  });
  expect(code).toBe(3);
  expect(await count()).toBe(before + 1);
});

test('faults stand in the order of the file, also when somebody is known otherwise; nobody is written then', async () => {
  const before = await count();
  await bringIn([line('孙八平', number(108)), line('孙九平', number(109))]);
  const files = [line('孙十平', number(110)), line('孙八', number(108)), line('孙九', number(109))];
  const known = await bringIn(files);
  expect(known.code).toBe(1);
  expect(known.printed.match(/第\s*\d+\s*行/g)?.map((one) => /\d+/.exec(one)?.[0])).toEqual(['3', '4']);
  expect(await count()).toBe(before + 2);
  expect((await bringIn([...files, line('孙', '4.3E+17')], { skipBad: true })).code).toBe(3);
  expect(await count()).toBe(before + 3);
});

test('whoever was brought in is found at the counter by name, pinyin, initials and last four digits', async () => {
  await bringIn([line('欧阳七平', number(107))]);
  const clerk = await house.signIn(OLD_CLERK);
  for (const words of ['欧阳七', 'ouyangqi', 'oyqp', number(107)]) {
    const { body } = await clerk.post('/api/retirees/search', { words });
    const found = body.map((one: { name: string }) => one.name);
    expect({ words, found }).toEqual({ words, found: ['欧阳七平'] });
  }
  const byPhone = await clerk.post('/api/retirees/search', { words: '1234' });
  expect(byPhone.body.map((one: { name: string }) => one.name)).toContain('欧阳七平');
  expect(JSON.stringify(byPhone.body)).not.toContain(number(107));
});
