import { expect, test } from 'vitest';
import { run } from './run.ts';

test('CHROME_PATH that names no Chromium is told in one line', async () => {
  const { ok, output } = await run('node', ['tests/tools/chromium.ts'], { env: { CHROME_PATH: '/no/such/chrome' } });
  expect({ ok, output }).toEqual({
    ok: false,
    output: 'CHROME_PATH names /no/such/chrome, which is no Chromium that starts.\n',
  });
});
