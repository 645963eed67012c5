/** The city's own words: in the text message, in the list and in chat alike; refused when they lack what they must say; taken back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDue } from '../../../api/delivery/deliver.ts';
import { allServices } from '../../../api/engine/catalogue.ts';
import { faultOf, smsParts, standardWords, templatesOf } from '../../../api/settings/templates.ts';
import { locales } from '../../../locales/index.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const CITY_LEAD = '13800000041';
const ROUTE = '/api/staff/settings/words';
const OWN = '{{name}}，“{{service}}”停了，想好了再来。编号 {{number}}。';
let stage: Stage;
let city: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  city = await stage.person(CITY_LEAD);
});
afterAll(() => stage.stop());

const of = { kind: 'relocation', template: 'withdrawn', locale: 'zh-CN' };
const read = async (locale = 'zh-CN') =>
  (await city.get(`${ROUTE}?kind=relocation&locale=${locale}`)).body.messages.find(
    (one: { template: string }) => one.template === 'withdrawn',
  );
const save = async (words: string | null) => city.put(ROUTE, { ...of, words, version: (await read()).version });

test('an override is said by SMS and in the list of messages, in the language that it is for; then it is taken back', async () => {
  const before = await read();
  expect(before).toMatchObject({ own: null, version: 0 });
  expect((await save(OWN)).body).toEqual({ version: 1 });
  const liu = await stage.person(LIU);
  const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', answers);
  expect((await use(liu, number, 'withdraw')).status).toBe(200);
  const list = async () => (await liu.get('/api/messages')).body[0].text;
  await expect.poll(list).toMatch(/^刘淑兰，“搬到别的社区”停了，想好了再来。编号 \d/);
  const sent: string[] = [];
  const sms = { send: async (_to: string, text: string) => void sent.push(text) };
  const channel = { send: async () => ({ is: 'kept' }) as never, edit: async () => ({ is: 'kept' }) as never };
  const { db, clock } = stage.ctx;
  await deliverDue({ db, clock, sms, channel, words: () => stage.ctx.city, roomGone: async () => {} });
  // A text message has no button for the office's phone: it says the number.
  expect(sent.find((text) => text.includes('停了，想好了再来'))).toMatch(/梓园社区电话：0731-\d{8}。$/);
  // Whoever reads English reads the house's words, since nobody wrote others.
  await liu.put('/api/me/locale', { locale: 'en' });
  expect(await list()).not.toContain('停了');
  await liu.put('/api/me/locale', { locale: 'zh-Hant' });
  expect(await list()).toContain('停了');
  await liu.put('/api/me/locale', { locale: 'zh-CN' });
  expect((await save(null)).body).toEqual({ version: 2 });
  await expect.poll(list).toContain('已经撤回');
  const [back, first] = (await city.get('/api/staff/settings/history?unit=4301&what=words')).body;
  expect(back).toMatchObject({ by: '周国平', about: '搬到别的社区 · 已撤回 · 简体中文', before: [OWN], after: [] });
  expect(first).toMatchObject({ before: [], after: [OWN] });
});

test.each([
  ['{{name}} {{number}}', 'words-missing'],
  [`${OWN} {{phone}}`, 'words-unknown'],
  [`${OWN} {name}`, 'words-markup'],
  [`<b>${OWN}</b>`, 'words-markup'],
  [`${OWN} https://example.com`, 'words-markup'],
  [' ', 'words-empty'],
])('%s is refused', async (words, code) => {
  expect((await save(words)).body.code).toBe(code);
  expect((await city.post(`${ROUTE}/preview`, { ...of, words })).body.code).toBe(code);
});

test('one change over the other is refused, and so is a message that the city does not word', async () => {
  const { version } = await read('en');
  const both = await Promise.all(
    ['Stopped', 'Ended'].map((word) =>
      city.put(ROUTE, { ...of, locale: 'en', words: `${word}: {{name}} {{service}} {{number}}`, version }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const asked = { kind: 'family-link', template: 'withdrawn', locale: 'zh-CN', words: OWN, version: 0 };
  expect((await city.put(ROUTE, asked)).status).toBe(404);
});

test('every word of the house itself fits, in every language', () => {
  const all = allServices().flatMap(templatesOf);
  const faults = [...new Set(all)].flatMap((template) =>
    locales.flatMap((locale) => faultOf(standardWords(template, locale), template) ?? []),
  );
  expect(faults).toEqual([]);
  expect([70, 71, 134, 135].map((length) => smsParts('字'.repeat(length)))).toEqual([1, 2, 2, 3]);
});
