// Pictures of the twenty main pages at 360 × 800, in both sizes and all three languages, on one page to look at: `.proof/pictures.html`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hangGallery } from '../e2e/gallery.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { DAUGHTER } from '../tools/story.ts';
import { settled } from './measure/within.ts';
import { proofFolder } from './notes.ts';

const main = [
  'home',
  'sign-in',
  'moved',
  'guide',
  'question',
  'month',
  'long choice',
  'check',
  'confirmation',
  'case',
  'cases',
  'messages',
  'notices',
  'notice',
  'activities',
  'activity',
  'asked',
  'an article',
  'help',
  'my data',
] as const;
const languages = ['zh-CN', 'zh-Hant', 'en'] as const;
const editions = { large: '长辈版', standard: '标准版' } as const;

let pages: Pages;
let phone: Phone;
let addresses: ReadonlyMap<string, string>;
beforeAll(async () => {
  mkdirSync(`${proofFolder}pictures`, { recursive: true });
  pages = await openPages();
  addresses = await hangGallery(pages.house);
  phone = await (await pages.phone()).signIn(DAUGHTER);
});
afterAll(() => pages.stop());

const rows: string[] = [];

test.each(main)('a picture of “%s” in both sizes and three languages', async (name) => {
  const cells: string[] = [];
  for (const language of languages)
    for (const edition of Object.keys(editions)) {
      // As the buttons at the foot of each page keep them.
      await phone.context.addCookies([{ name: 'locale', value: language, url: pages.house.url }]);
      await phone.page.evaluate((looks) => localStorage.setItem('edition', looks), edition);
      await phone.page.goto(addresses.get(name) ?? '');
      await settled(phone.page);
      const file = `pictures/${name.replaceAll(' ', '-')}-${language}-${edition}.png`;
      await phone.page.screenshot({ path: `${proofFolder}${file}` });
      cells.push(`<td><img src="${file}" width="360" height="800" alt="${name}, ${language}, ${edition}" /></td>`);
    }
  rows.push(`<tr><th>${name}</th>${cells.join('')}</tr>`);
  expect(cells).toHaveLength(6);
});

test('they stand on one page', () => {
  const heads = languages.flatMap((language) =>
    Object.values(editions).map((edition) => `<th>${language} ${edition}</th>`),
  );
  const style = 'body{font:16px system-ui}td{padding:4px}img{border:1px solid #999}';
  const page = `<!doctype html><meta charset="utf-8" /><title>Pictures</title><style>${style}</style>
<table><tr><th></th>${heads.join('')}</tr>${rows.join('\n')}</table>`;
  writeFileSync(`${proofFolder}pictures.html`, page);
  expect(rows).toHaveLength(main.length);
});
