/** `npm run retention`, as whoever runs the system uses it. */
import { expect, test } from 'vitest';
import { openStage } from '../engine/stage.ts';
import { run } from '../../tools/run.ts';

test('says what would go without touching it, removes it, and says what was removed', async () => {
  const stage = await openStage('2026-11-02 10:00', 'web');
  const { connection, databaseUrl } = stage.house;
  await connection.sql`insert into attempts (what, key, at) values ('x', ${Buffer.from([0])}, '2026-10-01T00:00:00Z')`;
  const retention = (...args: string[]) =>
    run('node', ['api/retention/cli.ts', ...args], { env: { DATABASE_URL: databaseUrl, LANG: 'zh_CN.UTF-8' } });
  const left = async () => (await connection.sql`select 1 from attempts where what = 'x'`).length;

  const dry = await retention('--dry-run');
  expect(dry).toMatchObject({ ok: true });
  expect(dry.output).toContain('登录和绑定的尝试次数：到期 1 条，最早的 2026-10-01');
  expect(dry.output).toContain('办结事项的内容：保存 5 年。');
  expect((await retention('--report')).output).toContain('最近 90 天没有清除过。');
  expect(await left()).toBe(1);

  expect((await retention()).output).toContain('登录和绑定的尝试次数：清除 1 条');
  expect(await left()).toBe(0);
  expect((await retention('--report', '--days', '1')).output).toMatch(
    /登录和绑定的尝试次数：1 条，2026-10-01 至 2026-10-01/,
  );
  expect(await retention('--report', '--days', 'x')).toMatchObject({ ok: false });
  await stage.stop();
}, 60_000);
