// A retiree moves house on a phone: from the home page to the confirmation, through mistakes, a reload and a lost network.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAUGHTER, LIU, RECEIVING_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

/** Acts for his father: another retiree than that of the first story, so that neither meets the other's case. */
const CHEN_SON = '13800000004';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(async () => {
  await pages.stop();
});

async function toTheHome(phone: Phone): Promise<void> {
  await phone.press(/^我搬家了/);
  await phone.press('不在，搬到了别的地方');
  await phone.press('开始');
  await phone.sees('搬到哪里了？');
  await phone.press('长沙市内');
  await phone.sees('现在住在哪里？');
}

async function chooseCommunity(phone: Phone, words: string, name: string): Promise<void> {
  await phone.write('住在哪个社区', words);
  await phone.press(new RegExp(`^${name}`));
}

test('a retiree moves house in 14 taps and 20 characters at most, and the receiving community has it', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await toTheHome(phone);
  await chooseCommunity(phone, '梓园', '梓园社区');
  await phone.write('几栋', '3');
  await phone.write('房号', '502');
  await phone.press('继续');
  await phone.sees('哪一天搬过去的？');
  await phone.press(/^昨天/);
  await phone.press('和子女一起住');
  await phone.press('跳过，不填');
  await phone.press('看过了，知道了');
  await phone.sees('请看看对不对');
  await expect.poll(() => phone.page.getByText('梓园社区 3栋502').count()).toBe(1);
  await phone.press('确认，提交');
  await phone.sees('已经提交');
  expect(phone.taps).toBeLessThanOrEqual(14);
  expect(phone.typed).toBeLessThanOrEqual(20);
  const number = /\/c\/(\d+)/.exec(phone.page.url())?.[1];
  expect(await phone.page.locator('.digits').textContent()).toBe(number?.replace(/(\d{3})(?=\d)/g, '$1 '));
  const clerk = await pages.house.signIn(RECEIVING_CLERK);
  const pending = await clerk.get('/api/pending');
  expect(pending.body.cases.map((one: { number: string }) => one.number)).toContain(number);
  expect(phone.complaints).toEqual([]);

  // What was returned says what is missing, and is submitted again with the answers kept.
  const version = pending.body.cases.find((one: { number: string }) => one.number === number).version;
  const answers = { missing: { value: ['address-incomplete'] }, words: { value: null } };
  await clerk.post(`/api/cases/${number}/return`, { version, answers });
  await phone.page.goto(`/c/${number}`);
  await phone.press('补好了，再提交');
  await phone.sees('请看看对不对');
  await phone.page.getByText('住址不完整，请写清楼栋、单元和房号').waitFor();
  await phone.press('修改：现在住在哪里？');
  await phone.write('几单元', '2');
  await phone.press('继续');
  await phone.sees('请看看对不对');
  await phone.press('确认，提交');
  await phone.sees('已经提交');

  // And withdrawn, after being asked once more.
  await phone.press('撤回申请');
  await phone.sees('真的要撤回吗？');
  await phone.press('撤回');
  await phone.page.getByText('您已撤回').first().waitFor();
  await phone.close();
});

test('wrong input keeps what was typed, and the summary takes focus and leads to the field', async () => {
  const phone = await (await pages.phone()).signIn(CHEN_SON);
  await toTheHome(phone);
  await chooseCommunity(phone, 'shizili', '识字里社区');
  await phone.write('小区或路名', '东方新城');
  await phone.press('继续');
  const link = phone.page.getByRole('link', { name: /还差房号/ });
  await link.waitFor();
  expect(await phone.page.title()).toMatch(/^错误：/);
  expect(await phone.page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
  await link.tap();
  expect(await phone.page.evaluate(() => document.activeElement?.id)).toBe('answer-room');
  expect(await phone.page.getByLabel('小区或路名').inputValue()).toBe('东方新城');
  expect(await phone.flaws()).toEqual([]);

  // A reload loses nothing, not even what was only typed.
  await phone.write('房号', '101');
  await phone.page.reload();
  await phone.sees('现在住在哪里？');
  expect(await phone.page.getByLabel('房号').inputValue()).toBe('101');
  await phone.page.goto('/');
  await phone.press(/^接着办：搬到别的社区/);
  await phone.sees('现在住在哪里？');

  // Without network the answer waits, and goes by itself when there is one again.
  await phone.context.setOffline(true);
  await phone.press('继续');
  await phone.page.getByText(/^等网络/).waitFor();
  expect(await phone.flaws()).toEqual([]);
  await phone.context.setOffline(false);
  await phone.sees('哪一天搬过去的？');
  await phone.press('继续');
  await phone.page.getByRole('link', { name: /看不出是哪一天/ }).waitFor();
  await phone.page.getByLabel('年').fill('2999');
  await phone.page.getByLabel('月').fill('1');
  await phone.page.getByLabel('日', { exact: true }).fill('1');
  await phone.press('继续');
  await phone.page.getByRole('link', { name: /这一天还没有到/ }).waitFor();
  expect(await phone.page.getByLabel('年').inputValue()).toBe('2999');
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('an answer given meanwhile on another phone is shown beside this one', async () => {
  const phone = await (await pages.phone()).signIn(DAUGHTER);
  // The other phone is signed in with the same number.
  const other = await pages.house.signIn(DAUGHTER);
  const [parent] = (await other.get('/api/me')).body.people;
  const home = { communityId: parent.community.id, building: '5栋', room: '502' };
  const begun = { kind: 'address-change', subjectId: parent.id, answers: { home: { value: home } } };
  const { id } = (await other.post('/api/drafts', begun)).body.draft;

  await phone.page.goto(`/d/${id}`);
  await phone.sees(/哪一天/);
  await phone.page.getByText('为刘淑兰（父母）办').waitFor();
  await other.put(`/api/drafts/${id}/answers`, { answers: { since: { value: '2026-01-05' } } });
  await phone.write('年', '2026');
  await phone.write('月', '2');
  await phone.write('日', '6');
  await phone.press('继续');
  await phone.page.getByRole('heading', { name: '这一题在别的手机上也答了' }).waitFor();
  await phone.page.getByText('2026年2月6日').waitFor();
  await phone.page.getByText('2026年1月5日').waitFor();
  expect(await phone.flaws()).toEqual([]);
  await phone.press('用这个手机上的');
  await phone.sees(/电话/);
  const { answers } = (await other.get(`/api/drafts/${id}`)).body;
  expect(answers.find((one: { key: string }) => one.key === 'since').shown).toBe('2026年2月6日');
  await phone.close();
});
