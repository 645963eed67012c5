import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePages } from '../../h5/serve.ts';

let dist: string;
let app: ReturnType<typeof servePages>;

beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'tuiguan-pages-'));
  mkdirSync(join(dist, 'assets'));
  const write = (name: string, text: string) => {
    writeFileSync(join(dist, name), text);
    writeFileSync(join(dist, `${name}.br`), brotliCompressSync(text));
  };
  write('index.html', '<p>people</p>');
  write('staff.html', '<p>staff</p>');
  write('assets/a-1.js', 'let a = 1;');
  app = servePages({ dist });
});
afterAll(() => rmSync(dist, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe('pages', () => {
  test.each(['/', '/c/100000016', '/d/one/home'])("%s is drawn by the people's script", async (path) => {
    expect(await (await get(path)).text()).toBe('<p>people</p>');
  });

  test.each(['/staff', '/staff/pending'])("%s is drawn by the staff's script", async (path) => {
    expect(await (await get(path)).text()).toBe('<p>staff</p>');
  });

  test('are asked for afresh', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache');
  });

  test('a missing build is said plainly', async () => {
    const nothing = servePages({ dist: join(dist, 'nowhere') });
    expect((await nothing.request('/')).status).toBe(503);
  });
});

describe('files', () => {
  test('with a hash in their name are kept for good', async () => {
    expect((await get('/assets/a-1.js')).headers.get('cache-control')).toContain('immutable');
  });

  test('go out in the form made at build, to those who take it', async () => {
    const packed = await get('/assets/a-1.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(await packed.arrayBuffer()).toString()).toBe('let a = 1;');
    expect((await get('/assets/a-1.js')).headers.get('content-encoding')).toBeNull();
  });

  test('that are missing are not a page', async () => {
    expect((await get('/assets/gone-2.js')).status).toBe(404);
    expect((await get('/favicon.ico')).status).toBe(404);
  });

  test('answer HEAD without a body', async () => {
    const response = await app.request('/assets/a-1.js', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});
