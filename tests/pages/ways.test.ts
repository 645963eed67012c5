// Rows of the standard that are about how the pages behave rather than how they look, each on the built pages or in their source.
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hangGallery } from '../e2e/gallery.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { DAUGHTER } from '../tools/story.ts';
import { settled } from './measure/within.ts';

let pages: Pages;
let phone: Phone;
let addresses: ReadonlyMap<string, string>;
/** Where anything was asked for. */
const origins = new Set<string>();

beforeAll(async () => {
  pages = await openPages();
  addresses = await hangGallery(pages.house);
  phone = await (await pages.phone()).signIn(DAUGHTER);
  phone.page.on('request', (request) => origins.add(new URL(request.url()).origin));
});
afterAll(() => pages.stop());

async function open(name: string): Promise<void> {
  await phone.page.goto(addresses.get(name) ?? '');
  await settled(phone.page);
}
const sources = (pattern: string) =>
  globSync(pattern, { exclude: (path) => path.startsWith('h5/staff') }).map((path) => readFileSync(path, 'utf8'));

test('edges of controls and the ring of the focus stand out 3 : 1 from what is around them', async () => {
  for (const name of ['home', 'question', 'long choice', 'check', 'activity']) {
    await open(name);
    expect({ name, faint: await phone.page.evaluate(faintEdges) }).toEqual({ name, faint: [] });
  }
});

/** Runs in the page: controls whose edge, fill or ring is not 3 : 1 against the ground. */
function faintEdges(): string[] {
  const parse = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r = 0, g = 0, b = 0]: number[]): number => {
    const part = (value: number): number =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (one: string, other: string): number => {
    const [a, b] = [light(parse(one)), light(parse(other))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const isDrawn = (colour: string): boolean => (parse(colour)[3] ?? 1) > 0;
  const groundOf = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return isDrawn(backgroundColor) ? backgroundColor : groundOf(element.parentElement);
  };
  const controls = document.querySelectorAll<HTMLElement>(
    'button, .button, input, select, textarea, .choice, .row-link',
  );
  return [...controls].flatMap((control) => {
    if (!control.checkVisibility() || control.getBoundingClientRect().width <= 2) return [];
    if (control.matches('.choice input')) return [];
    const ground = groundOf(control.parentElement);
    control.focus();
    const style = getComputedStyle(control);
    const edge = Math.max(
      contrast(style.borderTopColor, ground) * Number(style.borderTopWidth !== '0px'),
      contrast(groundOf(control), ground),
      // Words that are a button by their own: they are held to the contrast of text.
      Number(style.borderTopWidth === '0px') * contrast(style.color, ground),
    );
    const ring = contrast(style.outlineColor, ground);
    const name = (control.textContent?.trim() || control.id).slice(0, 20);
    return [
      ...(edge < 3 ? [`edge of “${name}” ${edge.toFixed(1)}`] : []),
      ...(control === document.activeElement && style.outlineStyle !== 'none' && ring < 3 && style.boxShadow === 'none'
        ? [`ring of “${name}” ${ring.toFixed(1)}`]
        : []),
    ];
  });
}

test('colour is never the only sign: what is chosen has a mark, links in text are underlined', async () => {
  await open('home');
  const mark = await phone.page.evaluate(() =>
    [...document.querySelectorAll('.toggle[aria-pressed="true"]')].map(
      (toggle) => getComputedStyle(toggle, '::before').content,
    ),
  );
  expect(mark).toEqual(mark.map(() => '"✓ "'));
  await open('guide');
  const plain = await phone.page.evaluate(() =>
    [...document.querySelectorAll('p a')]
      .filter((link) => !getComputedStyle(link).textDecorationLine.includes('underline'))
      .map((link) => link.textContent),
  );
  expect(plain).toEqual([]);
});

test('a tap and a scroll are enough: no source listens for a drag, a swipe or a long press', () => {
  const listening = sources('h5/**/*.{ts,vue}').filter((source) =>
    /touch(start|move|end)|pointermove|mousemove|dragstart|@drag|contextmenu|swipe|dblclick/.test(source),
  );
  expect(listening).toEqual([]);
});

test('a form begun is there for thirty days at least', async () => {
  const daughter = await pages.house.signIn(DAUGHTER);
  const { expiresAt } = (await daughter.post('/api/drafts', { kind: 'enrolment' })).body.draft;
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(29.9 * 24 * 3600_000);
});

test('nothing pops up, and nobody but this house is asked for anything', async () => {
  const popped: string[] = [];
  phone.page.on('dialog', (dialog) => popped.push(dialog.message()));
  phone.context.on('page', (page) => popped.push(page.url()));
  for (const name of ['home', 'guide', 'notice', 'activity', 'ask', 'check', 'help', 'my data']) await open(name);
  expect(popped).toEqual([]);
  expect([...origins]).toEqual([pages.house.url]);
  expect(await phone.page.locator('dialog, [role=dialog], iframe').count()).toBe(0);
});

test('the large version is what opens, and its name and the way to the other stand on the home page', async () => {
  const stranger = await pages.phone();
  await stranger.page.goto('/');
  await settled(stranger.page);
  expect(await stranger.page.evaluate(() => document.documentElement.dataset['edition'] ?? 'large')).toBe('large');
  expect(await stranger.control(/长辈版$/).getAttribute('aria-pressed')).toBe('true');
  await stranger.control('换标准版').waitFor();
  await stranger.close();
});

test('no picture has to be read, and a code can be filled in by the phone', async () => {
  const stranger = await pages.phone();
  await stranger.page.goto('/in');
  await stranger.write('您的手机号', '13800000004');
  await stranger.press('发验证码');
  const code = stranger.page.getByLabel('验证码');
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
  expect(await code.getAttribute('onpaste')).toBeNull();
  expect(await stranger.page.locator('main img, main canvas').count()).toBe(0);
  await stranger.close();
});

test('policy, guides, notices and the state of a case are read aloud from a button', async () => {
  await phone.getVoice();
  for (const name of ['guide', 'an article', 'notice', 'case', 'check']) {
    await open(name);
    await expect.poll(() => phone.page.locator('.read-aloud').count(), { message: name }).toBeGreaterThan(0);
  }
});

test('the page may be zoomed', async () => {
  await open('home');
  const viewport = await phone.page.locator('meta[name=viewport]').getAttribute('content');
  expect(viewport).not.toMatch(/user-scalable|maximum-scale/);
});

test('one question a page: a way back, one heading, one main button at most', async () => {
  for (const name of ['question', 'month', 'office', 'long choice']) {
    await open(name);
    await phone.page.getByRole('link', { name: '返回' }).waitFor();
    expect(await phone.page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await phone.page.locator('main .button').count()).toBe(1);
  }
  await open('office');
  await phone.control('不知道').waitFor();
});

test('the way to a human stands in the same place on every page', async () => {
  const places = new Set<string>();
  for (const name of ['home', 'guide', 'question', 'check', 'case', 'notice', 'my data', 'nowhere']) {
    await open(name);
    const box = await phone.page.locator('header .call').boundingBox();
    places.add(`${Math.round(box?.x ?? 0)} ${Math.round(box?.y ?? 0)}`);
  }
  expect([...places]).toHaveLength(1);
});

test('sentences are short: 25 汉字, but for one in a hundred, and none above 35', () => {
  const files = globSync(
    'locales/zh-CN/{h5,me,family,groups,activities,notices,policy,chat,binding,consents,questions,engine}.json',
  );
  const words = [...files, ...globSync('locales/zh-CN/services/*.json')].flatMap((file) =>
    leavesOf(JSON.parse(readFileSync(file, 'utf8'))),
  );
  const sentences = words.flatMap((text) => text.replaceAll(/\{\{.*?\}\}/g, '').split(/[。！？；：\n]/));
  const long = sentences.filter((one) => one.replaceAll(/[^一-鿿]/g, '').length > 25);
  expect(long.length / sentences.length).toBeLessThan(0.01);
  expect(long.filter((one) => one.replaceAll(/[^一-鿿]/g, '').length > 35)).toEqual([]);
});

function leavesOf(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts ? Object.values(texts).flatMap(leavesOf) : [];
}
