/** Pictures: nothing hidden survives; only those who may see the case see them. What is no picture: `tests/attacks/uploads.test.ts`. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { saying } from './stage.ts';

let house: HouseUnderTest;
let liu: Browser;
let draft: string;
beforeAll(async () => {
  house = await openTestHouse();
  liu = await house.signIn(LIU);
  const answers = saying({ to: 'city', home: newHome, since: '2026-01-01', reason: 'other' });
  draft = (await liu.post('/api/drafts', { kind: 'relocation', answers })).body.draft.id;
});
afterAll(() => house.stop());

const photo = () => sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } });
const upload = (bytes: Uint8Array, key = 'proof', who = liu) =>
  who.call('POST', `/api/drafts/${draft}/files/${key}`, bytes);
async function bytesOf(id: string, who: Browser = liu): Promise<Buffer> {
  const answer = await fetch(`${house.url}/api/files/${id}`, {
    headers: { cookie: `session=${who.cookie('session')}` },
  });
  return Buffer.from(await answer.arrayBuffer());
}

test('GPS and whatever else a phone writes into a photo is gone; so is what hides behind it', async () => {
  const exif = { IFD0: { Make: 'SpyPhone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '28/1 11/1 0/1' } };
  const spying = Buffer.concat([
    await photo().withExif(exif).jpeg().toBuffer(),
    Buffer.from('<script>hidden</script>'),
  ]);
  expect((await sharp(spying).metadata()).exif).toBeDefined();
  const { id } = (await upload(spying)).body;
  const kept = await bytesOf(id);
  expect((await sharp(kept).metadata()).exif).toBeUndefined();
  expect(kept.includes('SpyPhone')).toBe(false);
  expect(kept.includes('hidden')).toBe(false);
  // Sealed at rest: no JPEG stands in the table.
  const [row] = await house.connection.sql`select content from files where id = ${id}`;
  expect(Buffer.from(row?.['content'] as Uint8Array).includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
});

test('only photo questions take photos, and only those of this draft and question answer it', async () => {
  const bytes = await photo().jpeg().toBuffer();
  expect((await upload(bytes, 'reason')).body.code).toBe('no-such-question');
  const daughter = await house.signIn(DAUGHTER);
  expect((await upload(bytes, 'proof', daughter)).status).toBe(404);
  const [mother] = (await daughter.get('/api/me')).body.people;
  const answers = saying({ to: 'city', home: newHome, since: '2026-01-01', reason: 'other' });
  const other = (await daughter.post('/api/drafts', { kind: 'relocation', subjectId: mother.id, answers })).body.draft
    .id;
  const { id } = (await upload(bytes)).body;
  const stolen = await daughter.put(`/api/drafts/${other}/answers`, { answers: saying({ proof: [id] }) });
  expect(stolen.body).toMatchObject({ code: 'bad-answer', complaint: 'no-photos' });
  const made = await liu.put(`/api/drafts/${draft}/answers`, { answers: saying({ proof: ['no', 'file'] }) });
  expect(made.body.code).toBe('bad-answer');
  expect((await daughter.get(`/api/files/${id}`)).status).toBe(404);
});

test('the clerk who decides sees the photo; nobody of another community does', async () => {
  const { id } = (await upload(await photo().webp().toBuffer())).body;
  const said = await liu.put(`/api/drafts/${draft}/answers`, { answers: saying({ proof: [id], handOver: true }) });
  const { number } = (await liu.post(`/api/drafts/${draft}/submit`, { checked: said.body.revision })).body;
  const clerk = await house.signIn(RECEIVING_CLERK);
  expect((await clerk.get(`/api/cases/${number}`)).body.files).toMatchObject([{ id }]);
  expect((await sharp(await bytesOf(id, clerk)).metadata()).format).toBe('jpeg');
  expect((await (await house.signIn(OLD_CLERK)).get(`/api/files/${id}`)).status).toBe(404);
  expect((await house.visit().get(`/api/files/${id}`)).status).toBe(404);
});
