// Policy on a phone: a regulation is brought in by the city and found; the four questions lead to what answers them; an article is heard
// and read again without a network; what nothing answers is put to the community, and its answer published.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE } from '../api/policy/sample.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

const CITY = '13800000041';
let pages: Pages;
let offices: Offices;
let phone: Phone;
beforeAll(async () => {
  pages = await openPages();
  offices = await openOffices(pages.house);
  phone = await pages.phone();
});
afterAll(async () => {
  await offices.stop();
  await pages.stop();
});

const pictures = process.env['PICTURES'];
const picture = async (page: Phone['page'], name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const heading = (name: string) => phone.page.getByRole('heading', { level: 1, name }).waitFor();

test.each([
  ['我搬到女儿家住了怎么办', '搬家了，社会化关系怎么转', '去办：搬到别的社区'],
  ['老伴去世能领多少钱', '去世后的上门慰问', '去办：遗属待遇'],
  ['八十岁有什么慰问', '八十、九十、一百岁生日慰问', '看全文：八十、九十、一百岁生日慰问'],
  ['认证忘了做', '养老金领取资格认证', '去办：领取资格认证'],
])('%s, with one tap from the page and two from home', async (words, title, link) => {
  await phone.page.goto('/');
  await phone.press(/^问一问/);
  await heading('问一问');
  await phone.press(words);
  await phone.page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
  await phone.control(link).waitFor();
  expect(await phone.flaws()).toEqual([]);
  await picture(phone.page, `ask-${words.slice(0, 3)}`);
});

test('an article is heard sentence by sentence, leads to the service, and is there without a network', async () => {
  await phone.getVoice();
  await phone.page.goto('/s/relocation');
  await phone.press('第五条');
  await heading('搬家了，社会化关系怎么转');
  await phone.page.getByText('原文还没有录入').waitFor();
  await picture(phone.page, 'article');
  await phone.press('朗读');
  const marked = phone.page.locator('.spoken');
  await phone.voiceEnds();
  await marked.getByText('常年住的地方变了').waitFor();
  await phone.voiceEnds();
  expect(await marked.textContent()).toContain('告诉新社区就行');
  expect(await phone.flaws()).toEqual([]);
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.page.reload();
  await heading('搬家了，社会化关系怎么转');
  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('常年住的地方变了').first().waitFor();
  await phone.context.setOffline(false);
  await phone.press('搬到别的社区');
  await heading('搬到别的社区');
});

test('the city brings a regulation in: how it was cut is looked at, a mended sentence put right, and it is found', async () => {
  const desk = await offices.desk(CITY, narrow);
  await desk.opens('/staff/policy', '政策');
  await desk.page.getByLabel('规定全文').fill('没有条文');
  await desk.press('看看分得对不对');
  await desk.page.getByRole('alert').getByText('没有找到“第一条”').waitFor();
  await desk.page.getByLabel('规定全文').fill(SAMPLE);
  await desk.press('看看分得对不对');
  await desk.sees('2 章、3 条、1 个附件');
  await desk.sees('为方便邻里互相借用常');
  await picture(desk.page, 'staff-preview');
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await desk.page.getByLabel('第二条（一）').fill('轮椅，借用不超过十天；');
  await desk.press('保存');
  await desk.sees('已经保存，可以查到了。');
  await picture(desk.page, 'staff-policy');
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);

  await phone.page.goto('/ask');
  await phone.write('您想问什么？', '轮椅能借几天');
  await phone.press('问');
  await phone.page.getByRole('heading', { level: 2, name: '轮椅', exact: true }).waitFor();
  await phone.press('看全文：轮椅');
  await phone.page.getByText('借用不超过十天').waitFor();
  await phone.press('看整份文件');
  await heading('邻里互助点管理办法');
  await picture(phone.page, 'document');
  expect(await phone.flaws()).toEqual([]);
});

test('what nothing answers goes to the community as it was asked; a good answer is published', async () => {
  await phone.signIn(LIU);
  await phone.page.goto('/ask');
  await phone.write('您想问什么？', '明天的公交车几点开');
  await phone.press('问');
  await phone.page.getByText('没有找到合适的回答').waitFor();
  await picture(phone.page, 'ask-none');
  expect(await phone.flaws()).toEqual([]);
  await phone.press('请社区回答');
  await phone.page.getByText('明天的公交车几点开').waitFor();
  await phone.press('确认，提交');
  await phone.page.waitForURL(/\/c\/\d+/);

  const clerk = await pages.house.signIn(OLD_CLERK);
  const [{ number }] = (await clerk.get('/api/pending?view=unit')).body.cases;
  const { version } = (await clerk.get(`/api/cases/${number}`)).body;
  const answers = { answer: { value: '早上六点开始，问公交公司更准。' } };
  expect((await clerk.post(`/api/cases/${number}/approve`, { version, answers })).status).toBe(200);

  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/answers', '问答');
  await desk.press(/^看问答/);
  await desk.page.getByLabel('问题（不要写是谁问的）').fill('公交车早上几点开？');
  await picture(desk.page, 'staff-answers');
  await desk.press('公开');
  await desk.sees('已经公开');
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);

  await phone.page.goto('/ask?q=公交车几点开');
  await phone.page.getByText('问公交公司更准').waitFor();
});
