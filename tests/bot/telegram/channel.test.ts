import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Outgoing } from '../../../api/delivery/channel.ts';
import type { Doors } from '../../../bot/dialog/flows/talk.ts';
import { createBot } from '../../../bot/start.ts';
import type { Fault } from '../../../bot/simulator/faults.ts';
import { openBench, TOKEN } from '../simulator/bench.ts';

/** An API that sees nothing: plain notices need none. */
const nowhere: Doors = { request: () => Response.json({ code: 'not-found', title: '没有找到。' }, { status: 404 }) };

const notice: Outgoing = {
  form: 'notice',
  template: 'opened',
  text: '收到了。',
  locale: 'zh-CN',
  accountId: '',
  caseNumber: '100000016',
  params: {},
};

async function openChannel(app: Doors = nowhere) {
  const bench = await openBench();
  const log = pino({ level: 'silent' });
  const bot = createBot({
    app,
    token: TOKEN,
    apiRoot: bench.root,
    baseUrl: 'http://pages.test/',
    clock: () => new Date(),
    log,
  });
  const phone = bench.sim.phone({ firstName: '刘淑兰', phoneNumber: '13800000001' });
  phone.start();
  return { ...bench, bot, phone, address: String(phone.id) };
}

test('a notice about a case leads to it; an edit takes the buttons away', async () => {
  const { bot, phone, address } = await openChannel();
  const sent = await bot.channel.send(address, notice);
  const seen = await phone.see('收到了');
  expect(sent).toEqual({ is: 'sent', id: String(seen.id) });
  expect(seen.buttons.flat().map(({ text }) => text)).toEqual(['看这件事']);
  const change = { ...notice, form: 'edit' as const, text: '张伟：同意' };
  expect(await bot.channel.edit(address, String(seen.id), change)).toEqual(sent);
  expect(await phone.see('张伟：同意')).toMatchObject({ id: seen.id, buttons: [] });
  // The same once more changes nothing, and counts as done.
  expect(await bot.channel.edit(address, String(seen.id), change)).toEqual(sent);
});

test('a card whose case is out of sight goes out as words', async () => {
  const { bot, phone, address } = await openChannel();
  await bot.channel.send(address, { ...notice, form: 'card', text: '待审' });
  expect((await phone.see('待审')).buttons.flat().map(({ text }) => text)).toEqual(['看这件事']);
});

test('whoever signs in on a page is asked about it', async () => {
  const { bot, phone, address } = await openChannel();
  const params = { ticket: '0190b0c4-1111-7222-8333-444455556666' };
  await bot.channel.send(address, {
    ...notice,
    template: 'confirm-sign-in',
    text: '是您本人吗？',
    caseNumber: null,
    params,
  });
  expect((await phone.see('是您本人吗')).buttons.flat().map(({ text }) => text)).toEqual(['是我', '不是我']);
});

test('the message that counts cards leads to the list, also after it has grown', async () => {
  const { bot, phone, address } = await openChannel();
  const more = { ...notice, form: 'card' as const, template: 'cards.more', text: '又来了 2 件新的', caseNumber: null };
  const first = await bot.channel.send(address, more);
  const id = first.is === 'sent' ? first.id : '';
  expect((await phone.see('又来了 2 件')).buttons.flat().map(({ text }) => text)).toEqual(['看待办']);
  expect(await bot.channel.edit(address, id, { ...more, text: '又来了 7 件新的' })).toMatchObject({ is: 'sent', id });
  expect((await phone.see('又来了 7 件')).buttons.flat().map(({ text }) => text)).toEqual(['看待办']);
});

test('a chat that blocked the bot is gone, and so is one that never was', async () => {
  const { bot, phone, address } = await openChannel();
  phone.block();
  expect(await bot.channel.send(address, notice)).toMatchObject({ is: 'gone' });
  expect(await bot.channel.send('424242', notice)).toMatchObject({ is: 'gone' });
});

test.each<[string, Omit<Fault, 'times'>, object]>([
  [
    'too many requests are sent later, not before the time that was named',
    { with: 429, retryAfter: 7 },
    { is: 'later', waitSeconds: 7 },
  ],
  ['a server in trouble is tried later', { with: 500 }, { is: 'later' }],
  ['a cut connection is tried later', { with: 'drop' }, { is: 'later' }],
])('%s', async (_rule, fault, sent) => {
  const { bot, sim, address } = await openChannel();
  sim.fail({ method: 'sendMessage', times: 1, ...fault });
  expect(await bot.channel.send(address, notice)).toMatchObject(sent);
});

test('when the API is away the message waits for it', async () => {
  const away: Doors = { request: () => Response.json({ code: 'database-away', title: '' }, { status: 503 }) };
  const { bot, address } = await openChannel(away);
  expect(await bot.channel.send(address, { ...notice, form: 'card' })).toMatchObject({ is: 'later' });
});
