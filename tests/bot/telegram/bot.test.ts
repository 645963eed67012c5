import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Doors } from '../../../bot/dialog/flows/talk.ts';
import { createBot } from '../../../bot/start.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { beginService, picture } from '../people.ts';
import { openBench, TOKEN } from '../simulator/bench.ts';

/** The adapter with the product's own API behind it, on a simulator whose faults are at hand. */
let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

/** A bot that polls a simulator of its own. */
async function openBot(app: Doors = house.app, baseUrl = house.url) {
  const bench = await openBench({ rates: 'off' });
  const log = pino({ level: 'silent' });
  const parts = { app, token: TOKEN, apiRoot: bench.root, baseUrl, clock: () => new Date(), log };
  const bot = createBot(parts);
  await bot.start();
  onTestFinished(() => bot.stop());
  return { ...bench, bot };
}

async function openChat(phoneNumber: string, app?: Doors) {
  const { sim, call } = await openBot(app);
  const phone = sim.phone({ firstName: '某人', phoneNumber });
  phone.shareContact();
  await phone.answer('认出您了');
  return { sim, call, phone };
}

test('commands are registered for Chinese and for everybody, 100 at most', async () => {
  const { sim } = await openBot();
  const chinese = sim.phone({ firstName: '甲', languageCode: 'zh-hans' });
  const english = sim.phone({ firstName: 'B', languageCode: 'de' });
  const commands = await chinese.waitFor(({ commands: held }) => held.length > 0 && held);
  expect(commands.length).toBeLessThanOrEqual(100);
  expect(commands.find(({ command }) => command === 'cases')?.description).toBe('我办的事');
  expect(english.chat().commands.find(({ command }) => command === 'cases')?.description).toBe('My cases');
});

test('while the database is away the person hears so once, and what they said takes effect afterwards', async () => {
  let failing = 0;
  const doors: Doors = {
    request: (path, init, env) => {
      failing -= 1;
      if (failing >= 0) return Response.json({ code: 'database-away', title: '系统正忙' }, { status: 503 });
      return house.app.request(path, init, env);
    },
  };
  const { phone } = await openChat(LIU, doors);
  await beginService(phone, '搬到别的社区');
  await phone.answer('搬到哪里了');
  failing = 2;
  phone.send('国外或港澳台');
  await phone.answer('系统正在恢复');
  expect((await phone.answer('现在住在哪里')).text).toContain('第 2 题');
  expect(phone.messages().filter(({ text }) => text.includes('系统正在恢复'))).toHaveLength(1);
});

test('an address that no button may open stands in the text', async () => {
  const { sim } = await openBot(house.app, '');
  const phone = sim.phone({ firstName: '某人' });
  phone.send('网页');
  expect((await phone.answer('打开网页 /in#')).buttons.flat().map(({ text }) => text)).toEqual(['菜单', '找人']);
});

test('retry_after is honoured, and a cut connection is tried again', async () => {
  const { phone, sim } = await openChat(OLD_CLERK);
  sim.fail({ method: 'sendMessage', times: 1, with: 429, retryAfter: 1 });
  phone.send('菜单');
  await phone.answer('您想办什么');
  sim.fail({ method: 'sendMessage', times: 1, with: 'drop' });
  phone.send('怎么用');
  expect((await phone.answer('点按钮或打字都可以')).text).toContain('找人');
});

test('photos are taken one by one; what is no photo, or too large, is refused with words that help', async () => {
  const { phone } = await openChat(DAUGHTER);
  const browser = await house.signIn(DAUGHTER);
  const answers = {
    to: { value: 'abroad' },
    place: { value: '美国' },
    since: { value: '2026-01-02' },
    reason: { value: 'other' },
  };
  const { people } = (await browser.get('/api/me')).body;
  const { draft } = (await browser.post('/api/drafts', { kind: 'relocation', subjectId: people[0].id, answers })).body;
  phone.start(`d-${draft.id}`);
  await phone.answer('请发照片');
  const pdf = new Uint8Array(Buffer.from('%PDF-1.7 renamed'));
  phone.sendDocument({ name: 'proof.jpg', type: 'image/jpeg', bytes: pdf });
  await phone.answer('不是照片');
  phone.sendDocument({ name: 'huge.jpg', type: 'image/jpeg', bytes: new Uint8Array(30 * 1024 * 1024) });
  await phone.answer('照片太大了');
  await phone.sendPhoto(await picture());
  await phone.answer('收到 1 张照片');
  const shot = sharp({ create: { width: 60, height: 40, channels: 3, background: '#123' } });
  phone.sendDocument({ name: 'shot.png', type: 'image/png', bytes: new Uint8Array(await shot.png().toBuffer()) });
  await phone.answer('收到 2 张照片');
  phone.send('发完了');
  await phone.answer('您的服务信息将转给社保经办机构');
  const read = (await browser.get(`/api/drafts/${draft.id}/questions/proof`)).body;
  expect(read.value).toHaveLength(2);
});

test('a browser signs in by a link from the chat, once the chat says that it is theirs', async () => {
  // The question goes out by the house's own bot: the outbox knows one channel.
  const phone = house.simulator.phone({ firstName: '李娟', phoneNumber: OLD_CLERK });
  phone.shareContact();
  await phone.answer('认出您了');
  phone.send('网页');
  const offer = await phone.answer('打开网页');
  const link = offer.buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '';
  const token = new URL(link).hash.slice(1);
  const browser = house.visit();
  await browser.post('/api/sign-in/link/claim', { token });
  expect((await browser.post('/api/sign-in/link/finish', { token })).status).not.toBe(200);
  phone.tap('是我', (await phone.see('是您本人吗')).id);
  await phone.see('网页已登录');
  expect((await browser.post('/api/sign-in/link/finish', { token })).status).toBe(200);
  expect((await browser.get('/api/me')).body.name).toBe('李娟');
});
