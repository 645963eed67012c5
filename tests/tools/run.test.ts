import { expect, test } from 'vitest';
import { run } from './run.ts';

const node = (script: string, options?: Parameters<typeof run>[2]): ReturnType<typeof run> =>
  run(process.execPath, ['-e', script], options);

test('what a program prints on both channels is kept', async () => {
  const { ok, output } = await node('console.log("out"); console.error("err")');
  expect({ ok, lines: output.trim().split('\n').toSorted() }).toEqual({ ok: true, lines: ['err', 'out'] });
});

test('a program that ends badly is not ok', async () => {
  expect((await node('process.exit(3)')).ok).toBe(false);
});

test('a program that is not there is not ok', async () => {
  const { ok, output } = await run('no-such-program', []);
  expect({ ok, named: output.includes('no-such-program') }).toEqual({ ok: false, named: true });
});

test('a program that hangs is stopped, even when it left a child behind that holds its channels', async () => {
  const child = 'setTimeout(() => {}, 10_000)';
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', '${child}'], { stdio: 'inherit' })`;
  const begun = performance.now();
  expect((await node(parent, { silence: 300 })).ok).toBe(false);
  expect(performance.now() - begun).toBeLessThan(8000);
});

test('the environment can be added to', async () => {
  expect((await node('console.log(process.env.WHO)', { env: { WHO: 'clerk' } })).output.trim()).toBe('clerk');
});
