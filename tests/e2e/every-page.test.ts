// What holds on every page (the standard for pages): axe with the AAA contrast rule finds nothing, targets are large, nothing is
// wider than the narrowest phone even at the largest text, and there is always a way to a human.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedNewcomer, namedRetirees } from '../../db/seed/demo/named.ts';
import { hold, inDays } from '../api/activities/hold.ts';
import { saying, use } from '../api/engine/stage.ts';
import { COMMUNITY, publish } from '../api/notices/press.ts';
import type { Browser } from '../tools/browser.ts';
import { apply, DAUGHTER, newHome, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';

let pages: Pages;
let phone: Phone;
/** Addresses by what they show. */
const addresses = new Map<string, string>([
  ['home', '/'],
  ['moved', '/moved'],
  ['guide', '/s/relocation'],
  ['guide of a report', '/s/death-report'],
  ['guide with an estimate', '/s/survivor-benefits'],
  ['sent', '/sent/100000016?kind=death-report'],
  ['bind', '/bind'],
  ['bind by slip', '/bind/slip'],
  ['cases', '/c'],
  ['messages', '/messages'],
  ['notices', '/n'],
  ['a notice that is not there', '/n/019a0000-0000-7000-8000-000000000000'],
  ['ask', '/ask'],
  ['asked', '/ask?q=八十岁有什么慰问'],
  ['asked in vain', '/ask?q=今天天气怎么样'],
  ['documents', '/policy'],
  ['an article', '/basis/第十九条'],
  ['an article that is not there', '/basis/第九十九条'],
  ['my group', '/groups'],
  ['a group that is not there', '/groups/019a0000-0000-7000-8000-000000000000'],
  ['activities', '/a'],
  ['activities signed up for', '/a/mine'],
  ['an activity that is not there', '/a/019a0000-0000-7000-8000-000000000000'],
  ['help', '/help'],
  ['my data', '/me'],
  ['my devices', '/me/devices'],
  ['who looked', '/me/looks'],
  ['consents', '/me/consents'],
  ['export', '/me/export'],
  ['delete', '/me/delete'],
  ['opened by Telegram, spoilt', '/tg#tgWebAppData=none'],
  ['sign-in', '/in'],
  ['sign-in by link', '/in#0123456789abcdef'],
  ['question by link', '/q#0123456789abcdef'],
  ['nowhere', '/no/such/page'],
  ['a public notice that is over', '/p/100000000'],
]);
/** Forms about nobody known yet. */
const aboutNobody = ['month', 'office', 'long choice'];
const drawn = [
  'notice',
  'activity',
  'public notice',
  'family',
  'link',
  'end link',
  'asked case',
  'sheet',
  'question',
  'check',
  'discard',
  'stopped',
  'in danger',
  'month',
  'office',
  'long choice',
  'case',
  'confirmation',
  'withdraw',
];

beforeAll(async () => {
  pages = await openPages();
  const daughter = await pages.house.signIn(DAUGHTER);
  const subjectId = (await daughter.get('/api/me')).body.people[0].id;
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  const number = await apply(daughter, 'relocation', answers, subjectId);
  const idNumber = namedRetirees.find(({ name }) => name === '刘淑兰')?.idNumber;
  const request = { me: '周敏', relation: 'child', scope: 'everything', until: 'year' };
  const asked = await apply(daughter, 'family-link', { who: { name: '刘淑兰', idNumber }, ...request });
  const link = (await daughter.get('/api/family')).body.helping[0].id;
  addresses.set('public notice', `/p/${await putOnNotice(daughter, subjectId)}`);
  addresses.set('notice', `/n/${await published()}`);
  const map = 'https://uri.amap.com/marker?position=113,28';
  const activity = { ...inDays(5), mapUrl: map, companions: true, costFen: 500 };
  addresses.set('activity', `/a/${await hold(await pages.house.signIn(OLD_CLERK), activity)}`);
  const begun = await daughter.post('/api/drafts', { kind: 'call-back', subjectId });
  const { id, next } = begun.body.draft;
  await daughter.put(`/api/drafts/${id}/answers`, { answers: { [next.key]: { value: DAUGHTER } } });
  const moving = await daughter.post('/api/drafts', { kind: 'address-change', subjectId });
  const ended = moving.body.draft.id;
  // A home in another community ends this form.
  await daughter.put(`/api/drafts/${ended}/answers`, { answers: { home: { value: newHome } } });
  const danger = (await daughter.post('/api/drafts', { kind: 'difficulty', subjectId })).body.draft.id;
  await daughter.put(`/api/drafts/${danger}/answers`, { answers: { danger: { value: 'lost' } } });
  const asking = (await daughter.post('/api/drafts', { kind: 'enrolment' })).body.draft.id;
  const person = { name: namedNewcomer.name, idNumber: namedNewcomer.idNumber };
  const far = {
    pension: 'enterprise',
    whom: 'me',
    person,
    retiredOn: '2026-09',
    employerKind: 'self-employed',
    agency: null,
  };
  await daughter.put(`/api/drafts/${asking}/answers`, { answers: saying(far) });
  for (const [name, address] of [
    ['family', '/family'],
    ['link', `/family/${link}`],
    ['end link', `/family/${link}/end`],
    ['asked case', `/c/${asked}`],
    ['sheet', `/c/${asked}/sheet/consent`],
    ['stopped', `/d/${ended}/stopped`],
    ['in danger', `/d/${danger}/stopped`],
    ['month', `/d/${asking}/retiredOn`],
    ['office', `/d/${asking}/agency`],
    ['long choice', `/d/${asking}/ethnicity`],
    ['question', `/d/${id}/${next.key}`],
    ['check', `/d/${id}/check`],
    ['discard', `/d/${id}/discard`],
    ['case', `/c/${number}`],
    ['confirmation', `/c/${number}?new`],
    ['withdraw', `/c/${number}/withdraw`],
  ] as const)
    addresses.set(name, address);
  phone = await (await pages.phone({ width: 320 })).signIn(DAUGHTER);
});
afterAll(async () => {
  await pages.stop();
});

/** A hardship grant that everybody may object to. */
async function putOnNotice(daughter: Browser, subjectId: string): Promise<string> {
  const claim = { situation: 'noFamily', cause: 'event', difficult: true, what: '难处', phone: DAUGHTER, papers: null };
  const number = await apply(daughter, 'hardship', claim, subjectId);
  const found = { visited: '2026-01-05', special: true, caused: true, poor: true, finding: '属实' };
  await use(await pages.house.signIn(OLD_CLERK), number, 'approve', found);
  const lead = await pages.house.signIn(STREET_LEAD);
  const budget = { unit: '430102001', year: new Date().getFullYear(), kind: 'hardship', fen: 100_000 };
  await lead.post('/api/care/budgets', budget);
  await use(lead, number, 'approve', { amount: '800' });
  return number;
}

/** A notice with everything that one can have. */
async function published(): Promise<string> {
  const [clerk, second] = [await pages.house.signIn(OLD_CLERK), await pages.house.signIn(STREET_LEAD)];
  return publish(clerk, second, COMMUNITY, { pinned: true, inForceFrom: '2026-01-01', inForceUntil: '2099-12-31' });
}

async function open(name: string): Promise<void> {
  await phone.page.goto(addresses.get(name) ?? '');
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  await phone.page.locator('.loading').waitFor({ state: 'detached' });
}

describe.each([...addresses.keys(), ...drawn])('the page “%s”', (name) => {
  test('holds what every page holds', async () => {
    await open(name);
    expect(await phone.flaws()).toEqual([]);
    expect(await phone.smallTargets()).toEqual([]);
    expect(await phone.page.locator('header .call').getAttribute('href')).toMatch(/^tel:/);
    expect(await phone.page.title()).toMatch(/退管通$/);
    // Whom it is about stands on every page; a form about nobody known yet names nobody.
    const named = await phone.page.getByText('刘淑兰').count();
    expect(named > 0).toBe(!aboutNobody.includes(name));
    expect(await phone.overflow()).toBe(0);
    await phone.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await phone.overflow()).toBe(0);
  });
});

test('the home page holds it for those who are not signed in, too', async () => {
  const stranger = await pages.phone();
  await stranger.page.goto('/');
  await stranger.page.getByRole('link', { name: /^用手机号登录/ }).waitFor();
  await stranger.page.getByRole('link', { name: /^搬到别的社区/ }).waitFor();
  expect(await stranger.flaws()).toEqual([]);
  expect(await stranger.smallTargets()).toEqual([]);
  await stranger.page.goto('/s/relocation');
  await stranger.press('先登录，再开始');
  await stranger.sees('登录');
  await stranger.close();
});

test('the text grows to 30 px at least, and stays so', async () => {
  await open('home');
  await phone.press('最大');
  await open('help');
  expect(
    await phone.page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize)),
  ).toBeGreaterThanOrEqual(30);
  expect(await phone.overflow()).toBe(0);
  await phone.press('大');
});

test('the standard version and another language stay chosen', async () => {
  await open('home');
  await phone.press('换标准版');
  await phone.press('English');
  await phone.sees('What would you like to do?');
  await open('cases');
  await phone.sees('My applications');
  expect(
    await phone.page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['edition']]),
  ).toEqual(['en', 'standard']);
  await phone.press('简体中文');
  await phone.sees('我办的事');
  await phone.press('长辈版');
});

test('nothing is refused by the policy of the pages, and nothing goes wrong unseen', () => {
  expect(phone.complaints).toEqual([]);
});

test('what was read can be read again without a network', async () => {
  await open('case');
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The page that installs the worker is not yet served by it.
  await open('case');
  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('现在没有网络。这是上次看到的内容。').waitFor();
  expect(await phone.page.locator('.digits').textContent()).toMatch(/^[\d ]+$/);
  await phone.context.setOffline(false);
});
