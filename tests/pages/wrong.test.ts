// What is wrong is said: on top, where the focus goes and a screen reader hears it, and at the field, with what was typed kept; and
// whoever types on is left alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedNewcomer, namedRetirees } from '../../db/seed/demo/named.ts';
import { saying } from '../api/engine/stage.ts';
import { hangGallery } from '../e2e/gallery.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { DAUGHTER } from '../tools/story.ts';
import { prove } from './measure/prove.ts';
import { focusOf, settled } from './measure/within.ts';
import { beginTable, note } from './notes.ts';

let pages: Pages;
let addresses: ReadonlyMap<string, string>;
const phones = {} as Record<'stranger' | 'daughter' | 'newcomer' | 'son', Phone>;

/** 谢桂香, whom no registry knows, and the son of 陈建国. */
const NEWCOMER = '13800000006';
const SON = '13800000004';

beforeAll(async () => {
  beginTable('wrong');
  pages = await openPages();
  addresses = await hangGallery(pages.house);
  phones.stranger = await pages.phone({ width: 320 });
  phones.daughter = await (await pages.phone({ width: 320 })).signIn(DAUGHTER);
  phones.newcomer = await (await pages.phone({ width: 320 })).signIn(NEWCOMER);
  phones.son = await (await pages.phone({ width: 320 })).signIn(SON);
});
afterAll(() => pages.stop());

/** Begins a form on this phone. @returns where its next question stands */
async function begin({ page }: Phone, kind: string, given: Record<string, unknown> = {}, forWhom = false) {
  const headers = { origin: pages.house.url };
  const me = await (await page.request.get('/api/me')).json();
  const data = { kind, answers: saying(given), ...(forWhom && { subjectId: me.people[0].id }) };
  const begun = await (await page.request.post('/api/drafts', { data, headers })).json();
  return `/d/${begun.draft.id}`;
}
const dead = { name: '王桂英', idNumber: namedRetirees.find(({ name }) => name === '王桂英')?.idNumber };

interface Mistake {
  who: keyof typeof phones;
  at: (phone: Phone) => string | Promise<string>;
  make: (phone: Phone) => Promise<void>;
}
const goOnWithNothing = (phone: Phone) => phone.press('继续');
const clearAndGoOn = async (phone: Phone) => {
  await phone.page.locator('#answer').fill('');
  await phone.press('继续');
};
const mistakes: Record<string, Mistake> = {
  'sign-in without a number': { who: 'stranger', at: () => '/in', make: (phone) => phone.press('发验证码') },
  'sign-in with a code that is not the one': {
    who: 'stranger',
    at: () => '/in',
    async make(phone) {
      await phone.write('您的手机号', '13800000004');
      await phone.press('发验证码');
      await phone.write('验证码', '000000');
      await phone.press('登录');
    },
  },
  'binding with nothing': { who: 'daughter', at: () => '/bind', make: (phone) => phone.press('绑定') },
  'binding by a slip with nothing': { who: 'daughter', at: () => '/bind/slip', make: (phone) => phone.press(/^绑定/) },
  'asking nothing': { who: 'daughter', at: () => '/ask', make: (phone) => phone.press('问') },
  'a year of two digits': {
    who: 'daughter',
    at: () => '/s/survivor-benefits',
    async make(phone) {
      await phone.page.getByLabel('哪一年离世').fill('20');
      await phone.press('算一算');
    },
  },
  'a phone number that is none': {
    who: 'daughter',
    at: () => addresses.get('question') ?? '',
    async make(phone) {
      await phone.page.locator('#answer').fill('12');
      await phone.press('继续');
    },
  },
  'no person': { who: 'stranger', at: (phone) => begin(phone, 'death-report'), make: goOnWithNothing },
  'no day': { who: 'stranger', at: (phone) => begin(phone, 'death-report', { who: dead }), make: goOnWithNothing },
  'no words': {
    who: 'stranger',
    at: (phone) =>
      begin(phone, 'death-report', { who: dead, diedOn: '2026-01-05', community: null, relation: 'child' }),
    make: clearAndGoOn,
  },
  'no month': {
    who: 'newcomer',
    at: (phone) => {
      const person = { name: namedNewcomer.name, idNumber: namedNewcomer.idNumber };
      return begin(phone, 'enrolment', { pension: 'enterprise', whom: 'me', person });
    },
    make: goOnWithNothing,
  },
  'nothing chosen of many': { who: 'daughter', at: () => addresses.get('long choice') ?? '', make: goOnWithNothing },
  'no home': { who: 'son', at: (phone) => begin(phone, 'relocation', { to: 'city' }, true), make: goOnWithNothing },
};

describe.each(Object.keys(mistakes))('%s', (name) => {
  test('is said on top and at the field, and whoever types on is left alone', async () => {
    const { who, at, make } = mistakes[name] as Mistake;
    const phone = phones[who];
    const { page } = phone;
    await page.goto(await at(phone));
    await settled(page);
    await make(phone);
    await expect.poll(() => focusOf(page)).toBe('DIV.error-summary');
    expect(await page.title()).toMatch(/^错误：/);
    const summary = page.locator('.error-summary[role=alert]');
    const message = (await summary.locator('li').first().textContent())?.trim() ?? '';
    const atField = await page.locator('.field-error').allTextContents();
    expect(atField.map((words) => words.trim().replace(/^错误：/, ''))).toContain(message);
    const faults = await prove(phone);
    note('wrong', { page: name, state: 'wrong', faults });
    expect(faults).toEqual({});

    await summary.getByRole('link').first().tap();
    await expect.poll(() => focusOf(page)).toMatch(/^(INPUT|TEXTAREA|SELECT|BUTTON)/);
    const field = await focusOf(page);
    if (!field.startsWith('SELECT') && !field.startsWith('BUTTON')) await page.keyboard.type('1');
    // One more turn of the page: what it draws anew may not take the focus.
    await page.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      requestAnimationFrame(() => requestAnimationFrame(resolve));
      await promise;
    });
    expect(await focusOf(page)).toBe(field);
  });
});
