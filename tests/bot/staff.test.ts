import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';
import { createBot } from '../../bot/start.ts';
import { webhookSecret } from '../../bot/telegram/webhook.ts';
import { demoData } from '../../db/seed/demo/index.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { join, NEWS_MS, saidTo, tapOn } from './people.ts';

/** Staff decide in chat: alone, at once, wrongly addressed, and twice. */
let house: HouseUnderTest;
let counter: Browser;
let receiving: Browser;
let zhang: Phone;
let colleague: Phone;
let colleaguePhone: string;
let elsewhere: Phone;
let number: string;
let subjects: string[];
let otherUnit: { name: string };
/** 识字里社区, where everybody moves away from. */
const HOME = '430102001001';
const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };

const isOpenCard = (message: SeenMessage) =>
  message.text.replaceAll(' ', '').includes(number) && message.buttons.flat().some(({ text }) => text === '同意');

/** The card of this test's case. */
const cardOf = (phone: Phone) => phone.see(isOpenCard, NEWS_MS);

beforeAll(async () => {
  house = await openTestHouse();
  const other = demoData().staff.find(
    ({ unitId, phone }) => unitId === newHome.communityId && phone !== RECEIVING_CLERK,
  );
  zhang = await join(house, '张伟', RECEIVING_CLERK);
  colleaguePhone = other?.phone ?? '';
  colleague = await join(house, '同事', colleaguePhone);
  const third = demoData().staff.find(
    ({ unitId }) => unitId.length === 12 && ![newHome.communityId, HOME].includes(unitId),
  );
  elsewhere = await join(house, '别处', third?.phone ?? '');
  otherUnit = (await house.visit().get(`/api/units/${third?.unitId}`)).body;
  counter = await house.signIn(OLD_CLERK);
  receiving = await house.signIn(RECEIVING_CLERK);
  const rows = await house.connection
    .sql`select retiree_id from care where unit_id = ${HOME} and until is null limit 13`;
  subjects = rows.map((row) => String(row['retiree_id']));
});
afterAll(() => house.stop());

beforeEach(async () => {
  // The cards of earlier tests are long ago: more than three in a minute would be counted in one message.
  await house.connection.sql`update messages set created_at = created_at - interval '2 days' where form = 'card'`;
  number = await apply(counter, 'relocation', move, subjects.pop());
});

/** As the receiving clerk sees it. */
const caseNow = async () => (await receiving.get(`/api/cases/${number}`)).body;
const withdraw = async () => counter.post(`/api/cases/${number}/withdraw`, {});

test("when two clerks decide at once one is told who was quicker; everybody's card is settled", async () => {
  const [mine, theirs] = await Promise.all([cardOf(zhang), cardOf(colleague)]);
  tapOn(zhang, mine, '同意');
  tapOn(colleague, theirs, '同意');
  const settled = (card: SeenMessage) => (message: SeenMessage) =>
    message.id === card.id && message.buttons.length === 0;
  await Promise.all([zhang.see(settled(mine)), colleague.see(settled(theirs))]);
  const { status, timeline } = await caseNow();
  expect(status).toBe('entering');
  expect(timeline.filter((entry: { verb: string }) => entry.verb === 'approve')).toHaveLength(1);
  const toasts = [...zhang.toasts(), ...colleague.toasts()].map(({ text }) => text);
  expect(toasts.filter((text) => text.includes('刚才已经处理过'))).toHaveLength(1);
  tapOn(zhang, await zhang.see('待录入'), '已录入');
  await zhang.see('您已办理：已录入');
});

test('the pending list opens a card; claiming and handing back change it where it stands', async () => {
  // Once the news has come, what follows is the answer.
  await cardOf(zhang);
  zhang.send('待办');
  const list = await zhang.answer('本单位的');
  tapOn(zhang, list, list.buttons[0]?.[0]?.text ?? '');
  const card = await zhang.answer(({ buttons }) => buttons.flat().some(({ text }) => text === '我来办'));
  tapOn(zhang, card, '我来办');
  const claimed = await zhang.see((message) => message.id === card.id && message.text.includes('您已认领'));
  tapOn(zhang, claimed, '交回');
  await zhang.see((message) => message.id === card.id && !message.text.includes('您已认领'));
  zhang.send('/pending');
  tapOn(zhang, await zhang.answer('本单位的'), '超期的');
  expect((await zhang.answer('没有等着办的事')).text).toContain('超期的');
  await withdraw();
});

test('a case is assigned to a colleague by name, who is told; what a lead decided wrongly is undone where it was said', async () => {
  const { name } = (await (await house.signIn(colleaguePhone)).get('/api/me')).body;
  const waits = await apply(counter, 'relocation', move, subjects.pop());
  const card = await cardOf(zhang);
  tapOn(zhang, card, '分派');
  const asked = await zhang.see(({ id, text }) => id === card.id && text.includes('分派给谁'));
  tapOn(zhang, asked, name);
  await zhang.see(({ id, text }) => id === card.id && text.includes(`${name} 已认领`));
  await colleague.see((message) => message.text.includes('分派给您'), NEWS_MS);
  tapOn(colleague, await cardOf(colleague), '同意');
  const done = await colleague.answer('您已办理：同意');
  expect(done.buttons.flat().some(({ text }) => text.startsWith('下一件：'))).toBe(true);
  expect((await caseNow()).status).toBe('entering');
  await counter.post(`/api/cases/${waits}/withdraw`, {});
  tapOn(colleague, done, '撤销决定');
  await colleague.answer('为什么');
  colleague.send('人还没有搬来');
  tapOn(colleague, await colleague.answer('请核对一遍'), '确定：撤销决定');
  await colleague.answer('您已办理');
  expect((await caseNow()).status).toBe('undone');
});

test('words find whose case waits; lines are taken on with one tap; one service alone is listed', async () => {
  await cardOf(zhang);
  const { subject, spoken } = await caseNow();
  zhang.send(subject.name);
  await zhang.answer(isOpenCard);
  zhang.send(spoken);
  tapOn(zhang, await zhang.answer(isOpenCard), '经过和以前的事');
  const behind = await zhang.answer('以前办过的事');
  expect(behind.text).toMatch(/第五条[^]*提交了申请/);
  expect(behind.text).not.toContain('东方新城');
  zhang.send('13800000001');
  await zhang.answer('手机后四位就能找');
  zhang.send('欧阳');
  await zhang.answer('没有找到等着办的事');
  elsewhere.send(spoken);
  expect((await elsewhere.answer('没有找到等着办的事')).text).not.toContain(subject.name);
  zhang.send('待办');
  tapOn(zhang, await zhang.answer('本单位的'), '没人认领的 1');
  const nobodys = await zhang.answer('没人认领的，按期限排好');
  tapOn(zhang, nobodys, '一点就认领');
  const taking = await zhang.answer('点一件就归您办');
  tapOn(zhang, taking, taking.buttons[0]?.[0]?.text ?? '');
  await zhang.answer('没人认领的：没有等着办的事');
  expect((await caseNow()).claimedBy.me).toBe(true);
  tapOn(zhang, await zhang.answer(''), '按事项看');
  tapOn(zhang, await zhang.answer('看哪种事'), '请社区回电');
  await zhang.answer('没人认领的：请社区回电：没有等着办的事');
  await withdraw();
});

test('forwarding finds the right community by name; its clerk gets the card', async () => {
  tapOn(colleague, await cardOf(colleague), '转办');
  await colleague.answer('应该由哪里办');
  colleague.send('没有这个地方');
  await colleague.answer('没有找到');
  colleague.send(otherUnit.name);
  const found = await colleague.answer('找到这些');
  tapOn(colleague, found, found.buttons.flat().find(({ text }) => text.includes(otherUnit.name))?.text ?? '');
  tapOn(colleague, await colleague.answer('转办说明'), '跳过');
  tapOn(colleague, await colleague.answer('请核对一遍'), '确定：转办');
  await colleague.answer('您已办理');
  expect((await cardOf(elsewhere)).text).toContain(otherUnit.name);
});

test('a usual reason of the unit is picked in chat beside those of the service', async () => {
  const lead = await house.signIn(colleaguePhone);
  const saved = { unit: newHome.communityId, kind: 'relocation', verb: 'return', own: ['请带房产证'], version: 0 };
  expect((await lead.put('/api/staff/settings/reasons', saved)).status).toBe(200);
  await expect.poll(async () => JSON.stringify((await caseNow()).verbs)).toContain('请带房产证');
  tapOn(zhang, await cardOf(zhang), '退回补正');
  const asked = await zhang.answer('还缺什么');
  tapOn(zhang, asked, '☐ 请带房产证');
  const ticked = await zhang.see(
    ({ id, buttons }) => id === asked.id && buttons.flat().some(({ text }) => text === '☑ 请带房产证'),
  );
  tapOn(zhang, ticked, '选好了');
  tapOn(zhang, await zhang.answer('还要补充说明吗'), '跳过');
  tapOn(zhang, await zhang.answer('请核对一遍'), '确定：退回补正');
  await zhang.answer('您已办理');
  const { status, timeline } = await caseNow();
  expect(status).toBe('returned');
  expect(JSON.stringify(timeline.at(-1).said)).toContain('请带房产证');
});

test('a decision that came too late says who decided what, and is given up', async () => {
  tapOn(zhang, await cardOf(zhang), '不予办理');
  tapOn(zhang, await zhang.answer('为什么不能办'), '不在本社区居住');
  zhang.send('跳过');
  const check = await zhang.answer('请核对一遍');
  await withdraw();
  tapOn(zhang, check, '确定：不予办理');
  await zhang.answer('刚才已经处理过');
  expect((await caseNow()).state).toBe('李娟已撤回');
  zhang.send('返回');
  expect((await zhang.answer('您想办什么')).text).toContain('请点下面的按钮');
});

test('several alike are decided with one tap after a look at them; one that a colleague decided first is named', async () => {
  const others: string[] = [];
  for (const subject of subjects.splice(0, 2)) others.push(await apply(counter, 'relocation', move, subject));
  zhang.send('待办');
  const list = await zhang.answer(({ buttons }) => buttons.flat().some(({ text }) => text.includes('件一起办')));
  tapOn(zhang, list, '搬到别的社区：3 件一起办');
  const preview = await zhang.answer('一起办：先看一看');
  expect(preview.text).toContain('这 3 件都会变成');
  expect(preview.text).not.toContain('东方新城');
  const [first = ''] = others;
  await receiving.post(`/api/cases/${first}/reject`, {
    version: 1,
    answers: { reason: { value: 'not-living-here' }, words: { value: null } },
  });
  tapOn(zhang, preview, '同意这 3 件');
  const done = await zhang.see(({ id, text }) => id === preview.id && text.includes('办好 2 件'), NEWS_MS);
  expect(done.text).toContain('没有办成 1 件');
  expect(done.text).toContain('刚才已经处理过：不予办理');
  expect((await caseNow()).status).toBe('entering');
  expect((await receiving.get(`/api/cases/${others[1]}`)).body.status).toBe('entering');
});

/** Telegram's POST of one tap, as it would come again after a process died before it could say that it was done. */
function deliver(bot: ReturnType<typeof createBot>, card: SeenMessage, secret: string): Promise<Response> {
  const user = { id: card.chatId, is_bot: false, first_name: '张伟', language_code: 'zh-hans' };
  const chat = { id: card.chatId, type: 'private', first_name: '张伟' };
  const message = { message_id: card.id, chat, date: card.date, text: card.text };
  const data = card.buttons.flat().find(({ text }) => text === '同意')?.value;
  const body = { update_id: 900_000_001, callback_query: { id: '77', from: user, chat_instance: '1', message, data } };
  const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
  return bot.webhook(new Request('http://bot/', { method: 'POST', headers, body: JSON.stringify(body) }));
}

test('an update delivered again to another process takes effect once; a wrong secret is refused unread', async () => {
  const token = '4301:demo-bot-of-the-simulator-only';
  const parts = {
    app: house.app,
    token,
    apiRoot: `${house.url}/simulator`,
    baseUrl: house.url,
    clock: () => new Date(),
  };
  const bots = [0, 1].map(() => createBot({ ...parts, log: pino({ level: 'silent' }) }));
  const card = await cardOf(zhang);
  for (const bot of bots) {
    expect((await deliver(bot, card, 'wrong')).status).toBe(401);
    expect((await deliver(bot, card, webhookSecret(token))).status).toBe(200);
    await bot.stop();
  }
  const { timeline, status } = await caseNow();
  expect(status).toBe('entering');
  expect(timeline.filter((entry: { verb: string }) => entry.verb === 'approve')).toHaveLength(1);
  expect(saidTo(zhang)).not.toMatch(/现在不能这样办了/);
});
