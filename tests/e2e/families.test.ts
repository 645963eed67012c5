// 亲情代办 in two browsers: a daughter asks, her mother agrees with one tap and takes it back; and the counter's side of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages } from './phone.ts';

const FANG = '13955550091';
const [card] = namedRetirees;

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(async () => {
  await pages.stop();
});

test('a daughter asks, her mother agrees with one tap, the daughter acts, the mother takes it back', async () => {
  const fang = await (await pages.phone()).signIn(FANG);
  await fang.page.goto('/s/family-link');
  await fang.press('开始');
  await fang.sees('要替谁办事？');
  await fang.write('姓名', card?.name ?? '');
  await fang.write('身份证号', card?.idNumber ?? '');
  await fang.press('继续');
  await fang.sees('代办人叫什么名字？');
  await fang.write('代办人叫什么名字？', '周芳');
  await fang.press('继续');
  await fang.press('子女');
  await fang.press('看和办：替他（她）申请、补材料');
  await fang.press('一年');
  await fang.sees('请看看对不对');
  await fang.press('确认，提交');
  await fang.sees('已经提交');
  await fang.page.getByText('请他（她）在聊天里或网页上点“同意”').first().waitFor();
  expect(await fang.page.content()).not.toMatch(/识字里|纺织厂/);
  expect(await fang.flaws()).toEqual([]);
  await fang.press('打印委托书');
  await fang.sees('亲情代办委托书');
  await fang.page.getByText('代办人：周芳').waitFor();
  expect(await fang.flaws()).toEqual([]);

  const liu = await (await pages.phone()).signIn(LIU);
  await liu.press('有人想替刘淑兰办事，等您同意');
  await liu.sees('亲情代办');
  await liu.page.getByText('139****0091').waitFor();
  expect(await liu.flaws()).toEqual([]);
  expect(await liu.smallTargets()).toEqual([]);
  await liu.press('同意');
  await liu.page.getByText('好的：同意').waitFor();
  expect(liu.taps).toBe(2);

  await fang.page.goto('/');
  await fang.page.getByText('为刘淑兰（父母）办').waitFor();
  await fang.page.goto('/s/call-back');
  await fang.press('开始');
  await fang.sees('打哪个电话？');
  await fang.page.getByText('为刘淑兰（父母）办').waitFor();

  await liu.page.goto('/');
  await liu.press(/^家人代办/);
  await liu.sees('谁能替我办事');
  expect(await liu.flaws()).toEqual([]);
  await liu.press(/^周芳（子女）/);
  await liu.sees('周芳（子女）');
  await liu.press('改成“只看：看办到哪一步了”');
  await liu.page.getByText('改好了，也告诉对方了。').waitFor();
  expect(await liu.flaws()).toEqual([]);
  await liu.press('收回，不让替我办了');
  await liu.sees('真的要收回吗？');
  await liu.press('是的');
  await liu.sees('谁能替我办事');
  expect(await liu.page.getByText('周芳').count()).toBe(0);

  await fang.page.goto('/');
  await fang.page.getByRole('link', { name: /^绑定我的退休信息/ }).waitFor();
  expect([...fang.complaints, ...liu.complaints]).toEqual([]);
  await fang.close();
  await liu.close();
});

test('a no leaves the asker’s page as it was', async () => {
  const fang = await (await pages.phone()).signIn(FANG);
  const answers = { who: { name: card?.name, idNumber: card?.idNumber }, me: '周芳', relation: 'child' };
  const api = await pages.house.signIn(FANG);
  const given = Object.entries({ ...answers, scope: 'look', until: 'revoked' }).map(([key, value]) => [key, { value }]);
  const { draft } = (await api.post('/api/drafts', { kind: 'family-link', answers: Object.fromEntries(given) })).body;
  const { number } = (await api.post(`/api/drafts/${draft.id}/submit`, { checked: draft.revision })).body;
  await fang.page.goto(`/c/${number}`);
  await fang.sees('亲情代办');
  const before = await fang.page.locator('main').innerText();

  const liu = await (await pages.phone()).signIn(LIU);
  await liu.page.goto(`/c/${number}`);
  await liu.press('不同意，不是我家人');
  await liu.page.getByText('您没有同意').waitFor();
  expect(await liu.flaws()).toEqual([]);
  await liu.page.getByRole('button', { name: '点错了，我同意' }).waitFor();

  await fang.page.reload();
  await fang.sees('亲情代办');
  expect(await fang.page.locator('main').innerText()).toBe(before);
  await fang.close();
  await liu.close();
});

test('whoever acts for several changes for whom with one tap, and every page names them', async () => {
  const clerk = await pages.house.signIn(OLD_CLERK);
  const [wang] = (await clerk.post('/api/retirees/search', { words: '王桂英' })).body;
  const bound = { retireeId: wang.id, phone: DAUGHTER, relation: 'relative', scope: 'everything', name: '周敏' };
  expect((await clerk.post('/api/bindings', bound)).status).toBe(200);
  const daughter = await (await pages.phone()).signIn(DAUGHTER);
  await daughter.page.locator('.band').getByText('为刘淑兰').waitFor();
  await daughter.press('换成王桂英');
  await daughter.page.locator('.band').getByText('为王桂英（亲属）办').waitFor();
  expect(await daughter.flaws()).toEqual([]);
  expect(await daughter.smallTargets()).toEqual([]);
  for (const address of ['/messages', '/c', '/help', '/family', '/moved', '/s/relocation', '/bind']) {
    await daughter.page.goto(address);
    await daughter.page.locator('.band').getByText('王桂英').first().waitFor();
  }
  await daughter.page.goto('/family');
  await daughter.page.getByRole('heading', { name: '谁能替王桂英办事' }).waitFor();
  await daughter.close();
});
