/** Telegram's limits and errors: a bot on the simulator meets the same refusals, in the same words. */
import { GrammyError, InputFile } from 'grammy';
import { describe, expect, test } from 'vitest';
import { TELEGRAM_RATES } from '../../../bot/simulator/limits.ts';
import { callMethod, openBench, type Bench } from './bench.ts';

/** A bench with one phone that has written to the bot. */
async function openChat(options: Parameters<typeof openBench>[0] = {}): Promise<Bench & { chat: number }> {
  const bench = await openBench(options);
  const phone = bench.sim.phone({ firstName: '李秀英' });
  phone.start();
  return { ...bench, chat: phone.id };
}

async function refusal(attempt: Promise<unknown>): Promise<GrammyError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof GrammyError) return error;
    throw error;
  }
  throw new Error('the bot was not refused');
}

describe('messages', () => {
  test('a text is 1 to 4096 UTF-16 units', async () => {
    const { bot, chat } = await openChat();
    expect((await bot.api.sendMessage(chat, '字'.repeat(4096))).text).toHaveLength(4096);
    expect((await refusal(bot.api.sendMessage(chat, ' \n'))).description).toBe('Bad Request: message text is empty');
    expect((await refusal(bot.api.sendMessage(chat, '🏠'.repeat(2049)))).description).toBe(
      'Bad Request: message is too long',
    );
    expect((await refusal(bot.api.sendMessage(chat, '<b>x</b>', { parse_mode: 'HTML' }))).description).toBe(
      'Bad Request: unsupported parse_mode',
    );
  });

  test('callback data is at most 64 bytes, which is 21 汉字', async () => {
    const { bot, chat } = await openChat();
    const button = (callback_data: string): object => ({ inline_keyboard: [[{ text: '是', callback_data }]] });
    const send = (data: string): Promise<unknown> =>
      bot.api.sendMessage(chat, '?', { reply_markup: button(data) as { inline_keyboard: [] } });
    await send('字'.repeat(21));
    expect((await refusal(send('字'.repeat(22)))).description).toBe('Bad Request: BUTTON_DATA_INVALID');
  });

  test('an unknown chat, a stranger and one who blocked the bot cannot be written to', async () => {
    const { sim, bot, chat } = await openChat();
    const stranger = sim.phone({ firstName: '陌生人' });
    expect(await refusal(bot.api.sendMessage(1, 'x'))).toMatchObject({
      error_code: 400,
      description: 'Bad Request: chat not found',
    });
    expect((await refusal(bot.api.sendMessage(stranger.id, 'x'))).error_code).toBe(403);
    const phone = sim.phone({ id: chat, firstName: '李秀英' });
    phone.block();
    expect(await refusal(bot.api.sendMessage(chat, 'x'))).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(() => phone.send('x')).toThrow('blocked');
    phone.unblock();
    await bot.api.sendMessage(chat, 'x');
  });

  test('bytes that are no picture are no photo', async () => {
    const { bot, chat } = await openChat();
    const attempt = bot.api.sendPhoto(chat, new InputFile(new Uint8Array([1, 2, 3])));
    expect((await refusal(attempt)).description).toBe('Bad Request: IMAGE_PROCESS_FAILED');
  });
});

describe('edits', () => {
  test('the same text again, a missing message and one with a reply keyboard are refused', async () => {
    const { bot, chat } = await openChat();
    const { message_id } = await bot.api.sendMessage(chat, '一');
    expect((await refusal(bot.api.editMessageText(chat, message_id, '一'))).description).toMatch(
      /^Bad Request: message is not modified: /,
    );
    expect((await refusal(bot.api.editMessageText(chat, 1, '二'))).description).toBe(
      'Bad Request: message to edit not found',
    );
    const keyed = await bot.api.sendMessage(chat, '三', { reply_markup: { keyboard: [[{ text: '好' }]] } });
    expect((await refusal(bot.api.editMessageText(chat, keyed.message_id, '四'))).description).toBe(
      "Bad Request: message can't be edited",
    );
  });

  test('buttons that are not given again are gone, and a deleted message is gone', async () => {
    const { sim, bot, chat } = await openChat();
    const phone = sim.phone({ id: chat, firstName: '李秀英' });
    const reply_markup = { inline_keyboard: [[{ text: '是', callback_data: 'y' }]] };
    const { message_id } = await bot.api.sendMessage(chat, '一', { reply_markup });
    await bot.api.editMessageReplyMarkup(chat, message_id);
    expect(phone.messages().at(-1)?.buttons).toEqual([]);
    await bot.api.deleteMessage(chat, message_id);
    expect(phone.messages().some(({ id }) => id === message_id)).toBe(false);
  });

  test('a message can be deleted for 48 hours', async () => {
    let now = new Date('2026-03-01T00:00:00Z');
    const { bot, chat } = await openChat({ clock: () => now });
    const { message_id } = await bot.api.sendMessage(chat, '一');
    now = new Date('2026-03-03T00:00:01Z');
    expect((await refusal(bot.api.deleteMessage(chat, message_id))).description).toBe(
      "Bad Request: message can't be deleted for everyone",
    );
  });
});

describe('tapped buttons', () => {
  test('the notice has at most 200 characters, and an old or invented query cannot be answered', async () => {
    let now = new Date('2026-03-01T00:00:00Z');
    const { sim, bot, chat } = await openChat({ clock: () => now });
    const phone = sim.phone({ id: chat, firstName: '李秀英' });
    await bot.api.sendMessage(chat, '?', { reply_markup: { inline_keyboard: [[{ text: '是', callback_data: 'y' }]] } });
    const tapped = phone.tap('是');
    const queryId = tapped.kind === 'callback' ? tapped.queryId : '';
    expect((await refusal(bot.api.answerCallbackQuery(queryId, { text: '字'.repeat(201) }))).error_code).toBe(400);
    await bot.api.answerCallbackQuery(queryId, { text: '字'.repeat(200) });
    const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid';
    expect((await refusal(bot.api.answerCallbackQuery('12345'))).description).toBe(tooOld);
    now = new Date('2026-03-01T01:00:00Z');
    expect((await refusal(bot.api.answerCallbackQuery(queryId))).description).toBe(tooOld);
  });
});

describe('commands', () => {
  test('at most 100, well named; the person sees those of their language', async () => {
    const { sim, bot, chat } = await openChat();
    const many = Array.from({ length: 101 }, (_, n) => ({ command: `c${n}`, description: 'x' }));
    expect((await refusal(bot.api.setMyCommands(many))).description).toBe('Bad Request: BOT_COMMANDS_TOO_MUCH');
    expect((await refusal(bot.api.setMyCommands([{ command: '搬家', description: 'x' }]))).description).toBe(
      'Bad Request: BOT_COMMAND_INVALID',
    );
    await bot.api.setMyCommands([{ command: 'help', description: 'Help' }]);
    await bot.api.setMyCommands([{ command: 'help', description: '帮助' }], { language_code: 'zh' });
    expect(sim.phone({ id: chat, firstName: '李秀英' }).chat().commands[0]?.description).toBe('帮助');
    expect(sim.phone({ firstName: 'Ann', languageCode: 'en' }).chat().commands[0]?.description).toBe('Help');
  });
});

describe('speed', () => {
  test('twenty messages at once to one chat pass, the next waits, and after retry_after it passes', async () => {
    let now = 0;
    const { bot, chat } = await openChat({ now: () => now });
    for (let n = 0; n < 20; n += 1) await bot.api.sendMessage(chat, `${n}`);
    const { error_code, description, parameters } = await refusal(bot.api.sendMessage(chat, 'x'));
    expect({ error_code, description, parameters }).toEqual({
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    now += 1000;
    await bot.api.sendMessage(chat, 'x');
  });

  test('thirty messages a second to all chats together pass, unless the rates are off', async () => {
    const count = async (rates: 'off' | undefined): Promise<number> => {
      const { sim, bot } = await openBench({ now: () => 0, ...(rates ? { rates } : {}) });
      const phones = Array.from({ length: 40 }, (_, n) => sim.phone({ id: n + 1, firstName: `${n}` }));
      for (const phone of phones) phone.start();
      const results = await Promise.allSettled(phones.map(({ id }) => bot.api.sendMessage(id, 'x')));
      return results.filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await count(undefined)).toBe(30);
    expect(await count('off')).toBe(40);
  });
});

describe('the doors', () => {
  test("another bot's token is 401, no token at all and an unknown method are 404", async () => {
    const { root, call } = await openBench();
    expect(await callMethod(root, 'getMe', {}, '1:other')).toMatchObject({
      error_code: 401,
      description: 'Unauthorized',
    });
    expect(await callMethod(root, 'getMe', {}, 'nonsense')).toMatchObject({
      error_code: 404,
      description: 'Not Found',
    });
    expect(await call('sendNonsense')).toMatchObject({ ok: false, error_code: 404 });
    expect(await call('GETME')).toMatchObject({ ok: true, result: { is_bot: true, id: 700_000_001 } });
  });

  test('a form and a query string do as well as JSON, and broken JSON is a 400', async () => {
    const { root, chat } = await openChat();
    const url = `${root}/bot700000001:demo-token/sendMessage`;
    const form = new URLSearchParams({ chat_id: String(chat), text: '一' });
    const answers = await Promise.all([fetch(url, { method: 'POST', body: form }), fetch(`${url}?${form.toString()}`)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const broken = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect(broken.status).toBe(400);
  });
});

describe('groups', () => {
  test('twenty messages a minute; no bot that is out of it, none in one that is gone, and none where it moved from', async () => {
    let now = 0;
    const { sim, bot } = await openChat({ rates: TELEGRAM_RATES, now: () => now });
    const phone = sim.phone({ firstName: '王桂英' });
    const room = sim.room({ title: '一组', members: [phone] });
    expect(await refusal(bot.api.sendMessage(room.id, 'x'))).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was kicked from the group chat',
    });
    room.letBotIn(phone);
    for (let n = 0; n < 20; n += 1) {
      now += 50;
      await bot.api.sendMessage(room.id, `${n}`);
    }
    expect((await refusal(bot.api.sendMessage(room.id, 'x'))).parameters.retry_after).toBeGreaterThan(1);
    now += 60_000;
    const before = room.id;
    room.upgrade(phone, 'untold');
    expect(await refusal(bot.api.sendMessage(before, 'x'))).toMatchObject({
      error_code: 400,
      parameters: { migrate_to_chat_id: room.id },
    });
    room.delete();
    expect((await refusal(bot.api.sendMessage(room.id, 'x'))).description).toBe(
      'Forbidden: the supergroup chat was deleted',
    );
  });
});
