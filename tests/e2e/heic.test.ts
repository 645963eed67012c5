// Photos as iPhones keep them (HEIC): turned into JPEG where the phone can open them, and refused with words that help where it cannot.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heic } from '../tools/heic.ts';
import { LIU, newHome } from '../tools/story.ts';
import { openPages, type Pages } from './phone.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages.stop());

test('a HEIC photo goes up as JPEG when the phone can draw it; else the words say to take one now', async () => {
  const phone = await pages.phone();
  // A browser does not show a test the bytes of an upload; of what kind they are, the page itself knows.
  await phone.page.addInitScript(() => {
    const send = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      if (init?.body instanceof Blob) document.documentElement.dataset['sent'] = init.body.type;
      return send(input, init);
    };
  });
  await phone.signIn(LIU);
  const liu = await pages.house.signIn(LIU);
  const known = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other' };
  const answers = Object.fromEntries(Object.entries(known).map(([key, value]) => [key, { value }]));
  const { draft } = (await liu.post('/api/drafts', { kind: 'relocation', answers })).body;
  await phone.page.goto(`/d/${draft.id}/proof`);
  const input = phone.page.locator('input[type=file]');
  await input.setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: heic });
  await phone.page.getByText('请直接拍一张，或者换成 JPG 格式的照片').waitFor();
  expect(await phone.flaws()).toEqual([]);

  // What this browser can draw stands in for what an iPhone can: the name says HEIC, so it is drawn anew though it is small.
  const drawable = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#393' } })
    .png()
    .toBuffer();
  await input.setInputFiles({ name: 'IMG_0002.heic', mimeType: '', buffer: drawable });
  await phone.page.locator('.photos img').waitFor();
  expect(await phone.page.evaluate(() => document.documentElement.dataset['sent'])).toBe('image/jpeg');
  expect(await phone.page.getByText('JPG').count()).toBe(0);
  await phone.close();
});

test('找人 says on the page whether somebody is there now', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.goto('/help');
  const line = phone.page.getByText(/现在(有人接|没人接|还没上班)/);
  await line.waitFor();
  expect(await line.count()).toBe(1);
  await phone.close();
});
