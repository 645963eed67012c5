/** Files that are not what they say, hold more than they show, or want to be something else on the server or in the browser. */
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, newHome } from '../tools/story.ts';
import { saying } from '../api/engine/stage.ts';

let house: HouseUnderTest;
let liu: Browser;
let draft: string;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  liu = await house.signIn(LIU);
  const answers = saying({ to: 'city', home: newHome, since: '2026-01-01', reason: 'other' });
  draft = (await liu.post('/api/drafts', { kind: 'relocation', answers })).body.draft.id;
});
afterAll(() => house.stop());

const photo = () => sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } });
const upload = (bytes: Uint8Array, headers: Record<string, string> = {}, path = `/api/drafts/${draft}/files/proof`) =>
  liu.call('POST', path, bytes, headers);
const fetched = (id: string) =>
  fetch(`${house.url}/api/files/${id}`, { headers: { cookie: `session=${liu.cookie('session')}` } });

const MARKUP = '<!doctype html><script>pwned()</script>';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"><script>pwned()</script></svg>`;

/** A PNG of a few bytes that says how large it is. */
function bomb(width: number, height: number): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND')]);
}

function chunk(kind: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

test.each<[string, () => Promise<Uint8Array>, number, string]>([
  ['a PDF renamed to .jpg', async () => Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF'), 415, 'not-a-picture'],
  ['an SVG', async () => Buffer.from(`<?xml version="1.0"?>${svg}`), 415, 'not-a-picture'],
  ['an SVG without a head', async () => Buffer.from(svg), 415, 'not-a-picture'],
  ['an SVG in UTF-16', async () => Buffer.from(`\uFEFF${svg}`, 'utf16le'), 415, 'not-a-picture'],
  [
    'an SVG that reads a file',
    async () => Buffer.from(svg.replace('<script>', '<image href="file:///etc/passwd"/><script>')),
    415,
    'not-a-picture',
  ],
  ['a packed SVG', async () => gzipSync(svg), 415, 'not-a-picture'],
  ['a page', async () => Buffer.from(MARKUP), 415, 'not-a-picture'],
  ['a page that begins like a GIF', async () => Buffer.from(`GIF89a/*${MARKUP}*/=1;`), 415, 'not-a-picture'],
  [
    'a page that begins like a JPEG',
    async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(MARKUP)]),
    415,
    'not-a-picture',
  ],
  ['an archive', async () => zipSync({ '../../evil.jpg': strToU8('x') }), 415, 'not-a-picture'],
  ['an archive that unpacks to a gigabyte', async () => gzipSync(Buffer.alloc(50_000_000)), 415, 'not-a-picture'],
  ['a program', async () => Buffer.from('MZ\u0090\u0000'.repeat(100), 'latin1'), 415, 'not-a-picture'],
  ['words', async () => Buffer.from('not a picture at all'), 415, 'not-a-picture'],
  ['nothing', async () => Buffer.alloc(0), 415, 'not-a-picture'],
  ['half a PNG', async () => (await photo().png().toBuffer()).subarray(0, 60), 415, 'not-a-picture'],
  ['the head of a JPEG', async () => (await photo().jpeg().toBuffer()).subarray(0, 30), 415, 'not-a-picture'],
  ['a photo of 30 MB', async () => randomBytes(30 * 1024 * 1024), 413, 'file-too-large'],
  ['a bomb of 200 million pixels', async () => bomb(20_000, 10_000), 415, 'not-a-picture'],
  ['a bomb of 50,000 × 50,000 pixels', async () => bomb(50_000, 50_000), 415, 'not-a-picture'],
  ['a PNG of a line without end', async () => bomb(0x7f_ff_ff_ff, 1), 415, 'not-a-picture'],
])('%s is refused with words that say what to do', async (_what, make, status, code) => {
  const refused = await upload(await make());
  expect(refused).toMatchObject({ status, body: { code } });
  expect(refused.body.detail).toMatch(/照片/);
});

test('what is refused costs little: a bomb does not hold up whoever comes next', async () => {
  const start = performance.now();
  await Promise.all(Array.from({ length: 10 }, () => upload(bomb(50_000, 50_000))));
  expect((await liu.get('/api/me')).status).toBe(200);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('30 MB are refused before they are received, also when nobody says how much is coming', async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      if (sent > 60 * 1024 * 1024) controller.close();
      else controller.enqueue(new Uint8Array(65_536));
    },
  });
  const init = {
    method: 'POST',
    body: endless,
    duplex: 'half',
    headers: { cookie: `session=${liu.cookie('session')}`, origin: house.url },
  };
  const answer = await fetch(`${house.url}/api/drafts/${draft}/files/proof`, init as RequestInit).catch(() => null);
  if (answer) expect(answer.status).toBe(413);
  expect(sent).toBeLessThan(40 * 1024 * 1024);
});

test('nothing is received of whoever may not: a stranger’s upload is refused before its first byte is read', async () => {
  const stranger = await house.signIn('13955587001');
  let pulled = 0;
  const waiting = new ReadableStream({
    pull() {
      pulled += 1;
      // Nothing ever comes: whoever waits for the body would wait for ever.
      return Promise.withResolvers<void>().promise;
    },
  });
  const init = {
    method: 'POST',
    body: waiting,
    duplex: 'half',
    headers: {
      cookie: `session=${stranger.cookie('session')}`,
      'content-type': 'application/octet-stream',
      'content-length': '1000',
    },
  };
  const answer = await house.app.request(`/api/drafts/${draft}/files/proof`, init);
  expect(answer.status).toBe(404);
  expect(pulled).toBeLessThanOrEqual(1);
});

describe('a picture that is a page as well', () => {
  test('is made anew: nothing but pixels is kept, wherever the markup stood', async () => {
    const jpeg = await photo().jpeg().toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, MARKUP.length + 2]), Buffer.from(MARKUP)]);
    const inside = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    const behind = Buffer.concat([jpeg, Buffer.from(MARKUP)]);
    const described = await photo()
      .withExif({ IFD0: { ImageDescription: MARKUP, Copyright: MARKUP } })
      .jpeg()
      .toBuffer();
    const words = await photo().png().toBuffer();
    const text = Buffer.concat([
      words.subarray(0, 33),
      chunk('tEXt', Buffer.from(`Comment\0${MARKUP}`)),
      words.subarray(33),
    ]);
    for (const polyglot of [inside, behind, described, text]) {
      expect(polyglot.includes('pwned')).toBe(true);
      const { id } = (await upload(polyglot)).body;
      const kept = Buffer.from(await (await fetched(id)).arrayBuffer());
      expect(kept.includes('pwned')).toBe(false);
      expect((await sharp(kept).metadata()).format).toBe('jpeg');
    }
  });

  test('is given out as a picture, whatever its sender called it', async () => {
    const jpeg = await photo().jpeg().toBuffer();
    const { id } = (
      await upload(jpeg, { 'content-type': 'text/html', 'content-disposition': 'attachment; filename="../../x.html"' })
    ).body;
    const { headers } = await fetched(id);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-disposition')).toBeNull();
    expect(headers.get('cache-control')).toMatch(/^private/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

test.each([
  ['..%2F..%2Fevil'],
  ['../../../evil'],
  ['%2e%2e%2f%2e%2e%2fetc%2fpasswd'],
  ['proof%00.html'],
  ['proof/../reason'],
  ['__proto__'],
  ['constructor'],
])('a name that wants to be a path, %s, is no question', async (key) => {
  const answer = await upload(await photo().jpeg().toBuffer(), {}, `/api/drafts/${draft}/files/${key}`);
  expect([400, 404]).toContain(answer.status);
  const [row] = await house.connection.sql`select count(*)::int as n from files where question <> 'proof'`;
  expect(row?.['n']).toBe(0);
});
