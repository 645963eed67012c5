// A death on a phone: a daughter nobody knows reports it without signing in, follows the benefits with the estimate; and the retiree
// stops a report that is not true with one tap.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approve, chen, liu, reportOf, wang } from '../api/deaths/stories.ts';
import { apply, LIU, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

/** 唐静, of the city's agency. */
const AGENCY = '13800000042';
const DAUGHTER_OF_WANG = '13955550077';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(async () => {
  await pages.stop();
});

/** Nothing that breaks the standard for bereavement stands on the page: no cheer, no greeting. */
async function isGentle(phone: Phone): Promise<void> {
  const words = await phone.page.locator('main').textContent();
  expect(words).not.toMatch(/[!！]|您好|恭喜/);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  expect(await phone.overflow()).toBe(0);
}

let number = '';
let daughter: Phone;

test('two taps from home, and without signing in: few questions, gently asked, and a number at the end', async () => {
  daughter = await pages.phone();
  const { page } = daughter;
  await page.goto('/');
  await page
    .getByRole('link', { name: /^家人离世/ })
    .first()
    .waitFor();
  await daughter.press(/^家人离世/);
  await daughter.sees('家人离世');
  await isGentle(daughter);
  await daughter.press('开始');
  await daughter.sees('逝者是谁？');
  expect(daughter.taps).toBe(2);
  await daughter.write('姓名', wang?.name ?? '');
  await daughter.write('身份证号', wang?.idNumber ?? '');
  await isGentle(daughter);
  await daughter.press('继续');
  await daughter.sees('哪一天离世的？');
  await daughter.press(/^昨天/);
  await daughter.sees('逝者生前住在哪个社区？');
  await daughter.press('不知道');
  await daughter.sees('您是逝者的什么人？');
  await daughter.press('子女');
  await daughter.write('怎么称呼您？', '何小红');
  await daughter.press('继续');
  await daughter.write('打哪个电话能找到您？', DAUGHTER_OF_WANG);
  await daughter.press('继续');
  await daughter.sees('有证明的照片吗？');
  await daughter.press('跳过，不填');
  await daughter.sees('请看看对不对');
  await isGentle(daughter);
  await daughter.press('确认，提交');
  await daughter.sees('社区收到了');
  await page.getByText('请节哀。社区会先打电话或上门核实').waitFor();
  await isGentle(daughter);
  number = /\/sent\/(\d+)/.exec(page.url())?.[1] ?? '';
  expect(number).toMatch(/^\d{9}$/);
});

test('signed in later, she reads that it is being verified, and no more than she said herself', async () => {
  await daughter.signIn(DAUGHTER_OF_WANG);
  await daughter.page.goto(`/c/${number}`);
  await daughter.page.getByText('正在核实').first().waitFor();
  await isGentle(daughter);
  expect(await daughter.page.getByText('识字里').count()).toBe(0);
  expect(await daughter.control('补证明的照片').count()).toBe(1);
});

test('verified, it leads to the survivor benefits: without the figure of the year the page says why, with it the arithmetic', async () => {
  const clerk = await pages.house.signIn(OLD_CLERK);
  const approved = await approve(clerk, number);
  expect(approved.body.status).toBe('approved');
  await daughter.page.goto(`/c/${number}`);
  await daughter.page.getByText('识字里社区已经核实').first().waitFor();
  await daughter.page
    .getByText(/逝者王桂英/)
    .first()
    .waitFor();
  await isGentle(daughter);
  await daughter.press('遗属待遇');
  await daughter.sees('遗属待遇');
  await daughter.page.getByText(/所以现在算不出/).waitFor();
  await isGentle(daughter);

  const agency = await pages.house.signIn(AGENCY);
  const year = new Date().getFullYear() - 1;
  const entered = await agency.post('/api/benefits/bases', { year, yuan: 52_800, source: '湖南省统计局公报' });
  expect(entered.status).toBe(204);
  await daughter.page.reload();
  await daughter.page.getByText('两项合计约 48,400 元').waitFor();
  await daughter.page.getByText('抚恤金：4,400 × 9 个月 ＝ 39,600 元').waitFor();
  await isGentle(daughter);
});

test('she adds what is missing, is asked nothing twice, and signs for all', async () => {
  await daughter.press('补材料、改内容');
  await daughter.sees('请看看对不对');
  await daughter.page.getByText('何小红').waitFor();
  await daughter.press('修改：逝者一共缴费多少年？');
  await daughter.write('逝者一共缴费多少年？', '30');
  await daughter.press('继续');
  await daughter.sees('请看看对不对');
  await daughter.press('确认，提交');
  await daughter.page.getByText('缴费年限：30 年').waitFor();
  await daughter.press('代表大家签字，交给经办机构');
  await daughter.sees('代表所有继承人签字');
  await isGentle(daughter);
  await daughter.press('看过了，知道了');
  await daughter.sees('请看看对不对');
  await daughter.press('确认，提交');
  await daughter.page
    .getByText(/正在审核/)
    .first()
    .waitFor();
  await isGentle(daughter);
  expect(daughter.complaints).toEqual([]);
});

test('the guide says who may claim and which papers, and calculates for anybody', async () => {
  const visitor = await pages.phone();
  await visitor.page.goto('/s/survivor-benefits');
  await visitor.sees('遗属待遇');
  await visitor.write('一共缴费多少年', '40');
  await visitor.write('养老金领了多少年（不知道就空着）', '3');
  await visitor.press('算一算');
  await visitor.page.getByText('抚恤金：4,400 × 21 个月 ＝ 92,400 元').waitFor();
  await isGentle(visitor);
  await visitor.page.getByLabel('哪一年离世').fill('2020');
  await visitor.press('算一算');
  await visitor.page.getByText(/不按现在的办法算/).waitFor();
  await visitor.page.getByLabel('哪一年离世').fill('20');
  await visitor.press('算一算');
  await visitor.page.getByText('请写四位数的年份。').first().waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the retiree stops a report that is not true with one tap, and reads no word of death', async () => {
  await apply(pages.house.visit(), 'death-report', reportOf(liu, { relation: 'neighbour', phone: '13955550088' }));
  const retiree = await (await pages.phone()).signIn(LIU);
  await retiree.page.goto('/c');
  await retiree.press(/^需要向您核实的信息/);
  await retiree.sees('需要向您核实的信息');
  expect(await retiree.flaws()).toEqual([]);
  await retiree.press('不属实');
  await retiree.page.getByText('您说了不属实').first().waitFor();
  expect(await retiree.page.locator('body').textContent()).not.toMatch(/离世登记|去世|逝|亡故|丧/);
  const clerk = await pages.house.signIn(OLD_CLERK);
  const [line] = (await clerk.get('/api/pending?kind=death-report')).body.cases;
  expect(line.waiting).toContain('本人表示不实');
  await retiree.close();
});

test('a relative chooses whom it is about from those they may act for', async () => {
  const son = await (await pages.phone()).signIn('13800000004');
  await son.page.goto('/s/death-report');
  await son.sees('家人离世');
  await son.press('开始');
  await son.page.getByText('请选逝者是哪一位。').first().waitFor();
  await son.page.getByText(`${chen?.name}（父母）`, { exact: true }).last().tap();
  await son.press('开始');
  await son.sees('哪一天离世的？');
  await isGentle(son);
  expect(son.complaints).toEqual([]);
  await son.close();
});
