// The same pages in their other states: empty (for nobody, and for somebody new), waiting for the server, and without a network.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawn, hangGallery, standing } from '../e2e/gallery.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { DAUGHTER } from '../tools/story.ts';
import { prove } from './measure/prove.ts';
import { settled } from './measure/within.ts';
import { beginTable, note } from './notes.ts';

/** 谢桂香, whom no registry knows. */
const NEWCOMER = '13800000006';

let pages: Pages;
let addresses: ReadonlyMap<string, string>;
const phones = {} as Record<'stranger' | 'newcomer' | 'daughter', Phone>;

beforeAll(async () => {
  beginTable('states');
  pages = await openPages();
  phones.stranger = await pages.phone({ width: 320 });
  phones.newcomer = await (await pages.phone({ width: 320 })).signIn(NEWCOMER);
  addresses = await hangGallery(pages.house);
  phones.daughter = await (await pages.phone({ width: 320 })).signIn(DAUGHTER);
  await phones.daughter.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
});
afterAll(() => pages.stop());

async function faultsOf(phone: Phone, page: string, state: string): Promise<Record<string, string[]>> {
  const faults = await prove(phone);
  note('states', { page, state, faults });
  return faults;
}

describe.each([...standing.keys()])('the page “%s”, empty', (name) => {
  test.each(['stranger', 'newcomer'] as const)('is whole for a %s', async (who) => {
    const phone = phones[who];
    await phone.page.goto(standing.get(name) ?? '');
    await settled(phone.page);
    expect(await faultsOf(phone, name, `empty, for a ${who}`)).toEqual({});
  });
});

describe.each([...standing.keys(), ...drawn])('the page “%s”', (name) => {
  test('is whole while it waits for the server', async () => {
    const { page, context } = phones.daughter;
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    // Of the whole context: what the keeper for reading without a network asks for waits as well.
    await context.route('**/api/**', async (route) => {
      await answered;
      await route.fallback().catch(() => undefined);
    });
    try {
      await page.goto(addresses.get(name) ?? '', { waitUntil: 'commit' });
      await page.locator('#content').waitFor();
      expect(await faultsOf(phones.daughter, name, 'waiting')).toEqual({});
      answer();
      await settled(page);
    } finally {
      // Whatever was found: the pages after this one get their answers.
      answer();
      await context.unrouteAll({ behavior: 'wait' });
    }
  });

  test('is whole without a network, and shows what was read', async () => {
    const { page, context } = phones.daughter;
    await page.goto(addresses.get(name) ?? '');
    await settled(page);
    await context.setOffline(true);
    try {
      await page.reload();
      await settled(page);
      expect(await faultsOf(phones.daughter, name, 'offline')).toEqual({});
    } finally {
      await context.setOffline(false);
    }
  });
});
