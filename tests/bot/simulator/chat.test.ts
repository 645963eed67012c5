/** A real grammY bot on the simulator: what a person does reaches it, and what it answers is on the phone. */
import { InlineKeyboard, InputFile, Keyboard } from 'grammy';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openBench } from './bench.ts';

const picture = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width: 40, height: 30, channels: 3, background: '#2a7' } })
      .jpeg()
      .toBuffer(),
  );

describe('talking', () => {
  test('an echo bot answers the person who wrote, and nobody else', async () => {
    const { sim, bot, poll } = await openBench();
    bot.on('message:text', (ctx) => ctx.reply(`你说：${ctx.message.text}`));
    await poll();
    const grandma = sim.phone({ firstName: '李秀英' });
    const daughter = sim.phone({ firstName: '王敏' });
    grandma.send('搬家了 🏠');
    expect((await grandma.answer()).text).toBe('你说：搬家了 🏠');
    expect(daughter.messages()).toEqual([]);
  });

  test('a command and the payload of a deep link reach their handler', async () => {
    const { sim, bot, poll } = await openBench();
    bot.command('start', (ctx) => ctx.reply(`payload=${ctx.match}`));
    await poll();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.send(`https://t.me/${sim.username}?start=draft-7_b`);
    expect((await phone.answer()).text).toBe('payload=draft-7_b');
    expect(() => phone.start('有空格 x')).toThrow('badStartPayload');
    expect(() => phone.start('x'.repeat(65))).toThrow('badStartPayload');
  });

  test('an empty message is refused by the phone and an overlong one goes as several', async () => {
    const { sim } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    expect(() => phone.send('  ')).toThrow('emptyText');
    phone.send('长'.repeat(5000));
    expect(phone.messages().map(({ text }) => text.length)).toEqual([4096, 904]);
  });

  test('a person is the same account after a restart, and old message ids are not used again', async () => {
    const first = await openBench({ clock: () => new Date('2026-03-01T00:00:00Z') });
    const second = await openBench({ clock: () => new Date('2026-03-01T00:01:00Z') });
    const [before, after] = [first, second].map(({ sim }) =>
      sim.phone({ firstName: '李', phoneNumber: '13800138000' }),
    );
    expect(after?.id).toBe(before?.id);
    expect(after?.send('x').id).toBeGreaterThan(before?.send('x').id ?? Number.POSITIVE_INFINITY);
  });
});

describe('buttons', () => {
  test('a tapped button edits its message and shows the notice', async () => {
    const { sim, bot, poll } = await openBench();
    bot.command('start', (ctx) =>
      ctx.reply('同意吗？', { reply_markup: new InlineKeyboard().text('同意', 'yes').text('退回', 'no') }),
    );
    bot.callbackQuery('yes', async (ctx) => {
      await ctx.editMessageText('已同意');
      await ctx.answerCallbackQuery({ text: '好的', show_alert: true });
    });
    await poll();
    const clerk = sim.phone({ firstName: '刘干事' });
    clerk.start();
    const card = await clerk.answer('同意吗');
    expect(card.buttons[0]?.map(({ text }) => text)).toEqual(['同意', '退回']);
    clerk.tap('同意');
    expect(await clerk.answer('已同意')).toMatchObject({ id: card.id, edited: true, buttons: [] });
    expect(await clerk.waitFor(({ toasts }) => toasts.at(-1))).toMatchObject({ text: '好的', alert: true });
    expect(() => clerk.tap('同意')).toThrow('noSuchButton');
  });

  test('a reply keyboard sends its words, shares the own contact, and goes when removed', async () => {
    const { sim, bot, poll } = await openBench();
    bot.command('start', (ctx) =>
      ctx.reply('请选', { reply_markup: new Keyboard().text('我的办件').requestContact('发手机号') }),
    );
    bot.hears('我的办件', (ctx) => ctx.reply('没有办件'));
    bot.on('message:contact', (ctx) =>
      ctx.reply(ctx.message.contact.user_id === ctx.from.id ? '是本人' : '不是本人', {
        reply_markup: { remove_keyboard: true },
      }),
    );
    await poll();
    const phone = sim.phone({ firstName: '李秀英', phoneNumber: '138 0013 8000' });
    phone.start();
    await phone.answer('请选');
    expect(phone.keyboard()).toEqual([['我的办件', '发手机号']]);
    phone.tap('我的办件');
    await phone.answer('没有办件');
    phone.shareContact({ phoneNumber: '13900139000', firstName: '骗子', userId: 7 });
    await phone.answer('不是本人');
    expect(phone.keyboard()).toEqual([]);
    expect(phone.shareContact().contact).toEqual({ phoneNumber: '+8613800138000', firstName: '李秀英' });
    await phone.answer('是本人');
  });

  test('a Mini App opens with who opened it, signed with the token', async () => {
    const { sim, call } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.start();
    const reply_markup = { inline_keyboard: [[{ text: '打开', web_app: { url: 'http://127.0.0.1:1/app' } }]] };
    await call('sendMessage', { chat_id: phone.id, text: '看', reply_markup });
    const opened = phone.tap('打开');
    if (opened.kind !== 'webApp') throw new Error('no Mini App was opened');
    const data = new URLSearchParams(new URLSearchParams(new URL(opened.url).hash.slice(1)).get('tgWebAppData') ?? '');
    expect(JSON.parse(data.get('user') ?? '')).toMatchObject({ id: phone.id, first_name: '李秀英' });
    expect(data.get('hash')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('files', () => {
  test('a photo goes to the bot and comes back by upload and by its file_id', async () => {
    const { sim, root, bot, poll } = await openBench();
    const bytes = await picture();
    bot.on('message:photo', async (ctx) => {
      const file = await ctx.getFile();
      const response = await fetch(`${root}/file/bot${bot.token}/${file.file_path}`);
      const sent = await ctx.replyWithPhoto(new InputFile(new Uint8Array(await response.arrayBuffer())), {
        caption: '一',
      });
      await ctx.replyWithPhoto(sent.photo[0]?.file_id ?? '', { caption: '二' });
      await ctx.replyWithDocument(new InputFile(bytes, '证明.jpg'), { caption: '三' });
    });
    await poll();
    const phone = sim.phone({ firstName: '李秀英' });
    await phone.sendPhoto(bytes);
    const [one, two, three] = [await phone.answer('一'), await phone.answer('二'), await phone.answer('三')];
    expect(two.photo).toEqual(one.photo);
    expect(three.document?.name).toBe('证明.jpg');
    const shown = await fetch(`${root}/media/${one.photo?.fileId}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
    await expect(phone.sendPhoto(new Uint8Array([1, 2, 3]))).rejects.toThrow('notAnImage');
  });

  test('voice, sticker and a forwarded card arrive as what they are', async () => {
    const { sim, bot, poll } = await openBench();
    bot.on('message:voice', (ctx) => ctx.reply('voice'));
    bot.on('message:sticker', (ctx) => ctx.reply('sticker'));
    bot.on('message:forward_origin', (ctx) => ctx.reply(`forward:${ctx.message.forward_origin.type}`));
    bot.command('start', (ctx) => ctx.reply('卡片'));
    await poll();
    const grandma = sim.phone({ firstName: '李秀英' });
    const grandchild = sim.phone({ firstName: '小宝' });
    grandma.sendVoice();
    await grandma.answer('voice');
    grandma.sendSticker();
    await grandma.answer('sticker');
    grandma.start();
    const card = await grandma.answer('卡片');
    expect(grandchild.forward(card).forwardedFrom).toBe('Tuiguan');
    await grandchild.answer('forward:user');
  });
});
