// Every page of the people, with something on it: axe, the layout at 320 wide in every size and spacing, the keyboard alone, the
// accessibility tree, and the focus on the new heading after coming from another page.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawn, hangGallery, standing } from '../e2e/gallery.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { DAUGHTER } from '../tools/story.ts';
import { prove } from './measure/prove.ts';
import { focusOf, goWithin, patternOf, patternsOf, settled } from './measure/within.ts';
import { beginTable, note } from './notes.ts';

let pages: Pages;
let phone: Phone;
let addresses: ReadonlyMap<string, string>;
const seen = new Set<string>();

beforeAll(async () => {
  beginTable('filled');
  pages = await openPages();
  addresses = await hangGallery(pages.house);
  phone = await (await pages.phone({ width: 320 })).signIn(DAUGHTER);
});
afterAll(() => pages.stop());

describe.each([...standing.keys(), ...drawn])('the page “%s”', (name) => {
  test('is whole in every size, for the keyboard and for a screen reader', async () => {
    const address = addresses.get(name) ?? '';
    await phone.page.goto(address === '/help' ? '/' : '/help');
    await settled(phone.page);
    await goWithin(phone.page, address);
    await settled(phone.page);
    seen.add(await patternOf(phone.page, address));
    // What is wrong from the start has the focus instead.
    await expect.poll(() => focusOf(phone.page)).toMatch(/^(H1|DIV\.error-summary)$/);
    const faults = await prove(phone);
    note('filled', { page: name, state: 'filled', faults });
    expect(faults).toEqual({});
  });
});

test('no page is forgotten: every address of the router was opened', async () => {
  const patterns = await patternsOf(phone.page);
  expect(patterns.filter((pattern) => !seen.has(pattern))).toEqual([]);
});

test('nothing went wrong unseen, and nobody else was asked for anything', () => {
  expect(phone.complaints).toEqual([]);
});
