// What was given without a network goes by itself, once, from whatever page is open; and the person is told where it stands: waiting,
// sent, or in need of them, with the reason, a way to send it again and a way to give it up.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import type { Browser } from '../tools/browser.ts';
import { DAUGHTER } from '../tools/story.ts';
import { goWithin } from './measure/within.ts';

let pages: Pages;
let phone: Phone;
let daughter: Browser;
let parent: string;

beforeAll(async () => {
  pages = await openPages();
  daughter = await pages.house.signIn(DAUGHTER);
  parent = (await daughter.get('/api/me')).body.people[0].id;
  phone = await (await pages.phone()).signIn(DAUGHTER);
});
afterAll(() => pages.stop());

const draftOf = async (id: string) => (await daughter.get(`/api/drafts/${id}`)).body;
const note = (words: string | RegExp) => phone.page.locator('.outbox .note', { hasText: words });
const wholeNote = async () =>
  expect([...(await phone.flaws()), ...(await phone.smallTargets()), ...phone.complaints]).toEqual([]);

test('an answer is sent when the network returns, once, while another page is open', async () => {
  const { id } = (await daughter.post('/api/drafts', { kind: 'call-back', subjectId: parent })).body.draft;
  const before = (await draftOf(id)).revision;
  await phone.page.goto(`/d/${id}`);
  await phone.page.locator('#answer').fill(DAUGHTER);
  await phone.context.setOffline(true);
  await phone.press('继续');
  await phone.page.getByText(/^等网络/).waitFor();
  // Here the page itself tells it.
  expect(await note(/./).count()).toBe(0);
  await goWithin(phone.page, '/');
  await note('等网络：“请社区回电').waitFor();
  await wholeNote();
  await note('等网络').getByRole('button', { name: '现在就发' }).tap();
  await note('等网络').waitFor();
  await phone.context.setOffline(false);
  await note('发送好了').waitFor();
  await wholeNote();
  const after = await draftOf(id);
  expect(after.revision).toBe(before + 1);
  expect(after.answers[0].key).toBe('phone');
  await note('发送好了').getByRole('button', { name: '知道了' }).tap();
  await expect.poll(() => note(/./).count()).toBe(0);
});

test('an application is handed in when the network returns, once, and leads to its case', async () => {
  const [{ id }] = (await daughter.get('/api/drafts')).body;
  await phone.page.goto(`/d/${id}/check`);
  await phone.sees('请看看对不对');
  await phone.context.setOffline(true);
  await phone.press('确认，提交');
  await phone.page.getByText(/^等网络/).waitFor();
  await goWithin(phone.page, '/');
  await note('等网络：“请社区回电”').waitFor();
  await phone.context.setOffline(false);
  await note('交上去了').getByRole('link', { name: '去看看' }).tap();
  await phone.page.waitForURL(/\/c\/\d+/);
  const mine = (await daughter.get('/api/cases')).body.cases.filter(
    (one: { kind: string }) => one.kind === 'call-back',
  );
  expect(mine).toHaveLength(1);
  await note('交上去了').getByRole('button', { name: '知道了' }).tap();
});

test('what the server refuses stays, with the reason, until it is sent again or given up', async () => {
  const question = { kind: 'consultation', subjectId: parent };
  const { id, next } = (await daughter.post('/api/drafts', question)).body.draft;
  await phone.page.goto(`/d/${id}`);
  await phone.page.locator('#answer').fill('电梯什么时候修好');
  await phone.context.setOffline(true);
  await phone.press('继续');
  await phone.page.getByText(/^等网络/).waitFor();
  await goWithin(phone.page, '/');
  await note('等网络').waitFor();
  // Meanwhile the other phone says something else.
  await daughter.put(`/api/drafts/${id}/answers`, { answers: { [next.key]: { value: '路灯不亮' } } });
  await phone.context.setOffline(false);
  await note('没有发成，要您看一看').waitFor();
  await wholeNote();
  await note('没有发成').getByRole('button', { name: '再发一次' }).tap();
  await note('没有发成').getByRole('link', { name: '去看看' }).tap();
  await phone.page.waitForURL(/\/d\//);
  expect(await note(/./).count()).toBe(0);
  await goWithin(phone.page, '/');
  await note('没有发成').getByRole('button', { name: '不发了' }).tap();
  await expect.poll(() => note(/./).count()).toBe(0);
  expect((await draftOf(id)).answers[0].shown).toBe('路灯不亮');
});
