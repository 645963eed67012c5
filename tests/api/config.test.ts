/** The environment: where the secret comes from, and what is said when it is wrong. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../api/config.ts';

const SECRET = 'a secret of this test that is long enough';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string, mode = 0o600): Promise<string> {
  const path = join(folder, `${Math.random()}`);
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}

test.each(['', '\n', '\r\n'])(
  'the secret may stand in a file; the line break at its end (%j) is none of it',
  async (end) => {
    const config = readConfig({ SECRET_KEY_FILE: await file(SECRET + end) });
    expect(config.SECRET_KEY).toBe(SECRET);
    expect(config.warnings).toEqual([]);
  },
);

test('a secret and a file of a secret at once are refused: nobody could say which is meant', async () => {
  const env = { SECRET_KEY: SECRET, SECRET_KEY_FILE: await file(SECRET) };
  expect(() => readConfig(env)).toThrow(/SECRET_KEY and SECRET_KEY_FILE are both set/);
});

test.each([0o640, 0o604, 0o644])(
  'a file that others can read (%o) works, with a warning that says how to close it',
  async (mode) => {
    const path = await file(SECRET, mode);
    expect(readConfig({ SECRET_KEY_FILE: path }).warnings).toEqual([expect.stringContaining(`chmod 600 ${path}`)]);
  },
);

test('what is wrong with the file is said by its variable', async () => {
  expect(() => readConfig({ SECRET_KEY_FILE: join(folder, 'none') })).toThrow(/SECRET_KEY_FILE: .*ENOENT/);
  const [empty, short] = [await file('\n'), await file('short')];
  expect(() => readConfig({ SECRET_KEY_FILE: empty })).toThrow(/SECRET_KEY_FILE: .* is empty/);
  expect(() => readConfig({ SECRET_KEY_FILE: short })).toThrow(/SECRET_KEY_FILE: needs 24 characters/);
});

test('production takes a secret from a file', async () => {
  const env = {
    NODE_ENV: 'production',
    SECRET_KEY_FILE: await file(SECRET),
    SMS_WEBHOOK_URL: 'https://sms.example/send',
    TELEGRAM_BOT_TOKEN: '1:a-token-that-opens-nothing-anywhere',
  };
  expect(readConfig(env).demo).toBe(false);
});
