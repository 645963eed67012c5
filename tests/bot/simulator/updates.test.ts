/** How a bot hears what happened, at least once: by polling, by webhook, and again. */
import { Bot, type GrammyError, HttpError, webhookCallback } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { close, listen, openBench, TOKEN, type Answer } from './bench.ts';

const ids = (answer: Answer): number[] => (answer.result as { update_id: number }[]).map(({ update_id }) => update_id);

/** A promise and what settles it. */
const signal = (): { promise: Promise<void>; done: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, done: resolve };
};

describe('polling', () => {
  test('updates come again until a higher offset acknowledges them', async () => {
    const { sim, call } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.send('一');
    phone.send('二');
    const [first, second] = ids(await call('getUpdates'));
    expect(second).toBe((first ?? 0) + 1);
    expect(ids(await call('getUpdates'))).toEqual([first, second]);
    expect(ids(await call('getUpdates', { limit: 1 }))).toEqual([first]);
    expect(ids(await call('getUpdates', { offset: second }))).toEqual([second]);
    expect(ids(await call('getUpdates', { offset: (second ?? 0) + 1 }))).toEqual([]);
  });

  test('a waiting poll returns as soon as something happens', async () => {
    const { sim, call } = await openBench();
    const waiting = call('getUpdates', { timeout: 50 });
    sim.phone({ firstName: '李秀英' }).send('一');
    expect(ids(await waiting)).toHaveLength(1);
  });

  test('a second poller ends the first with 409, and a webhook forbids polling', async () => {
    const { call } = await openBench();
    const first = call('getUpdates', { timeout: 50 });
    const second = call('getUpdates', { timeout: 50 });
    expect(await Promise.race([first, second])).toMatchObject({ ok: false, error_code: 409 });
    await call('setWebhook', { url: 'http://127.0.0.1:9/' });
    expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 409 });
  });

  test('only the kinds that were asked for arrive', async () => {
    const { sim, call } = await openBench();
    await call('getUpdates', { allowed_updates: ['callback_query'] });
    sim.phone({ firstName: '李秀英' }).send('一');
    expect(ids(await call('getUpdates'))).toEqual([]);
  });

  test('a redelivered update is the very same, although it was acknowledged', async () => {
    const { sim, bot, poll } = await openBench();
    const seen: number[] = [];
    bot.on('message', async (ctx) => {
      seen.push(ctx.update.update_id);
      await ctx.reply(`${seen.length}`);
    });
    await poll();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.send('一');
    await phone.answer('1');
    phone.redeliverLast();
    await phone.answer('2');
    expect(seen[1]).toBe(seen[0]);
    phone.send('二');
    await phone.answer('3');
  });
});

describe('webhook', () => {
  test('updates arrive with the secret, in order, and the bot answers', async () => {
    const { sim, root } = await openBench();
    const bot = new Bot(TOKEN, { client: { apiRoot: root } });
    bot.on('message:text', (ctx) => ctx.reply(`回${ctx.message.text}`));
    const { port, server } = await listen(webhookCallback(bot, 'std/http', { secretToken: 'right' }));
    onTestFinished(() => close(server));
    await bot.api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'right' });
    const phone = sim.phone({ firstName: '李秀英' });
    for (const text of ['一', '二', '三']) phone.send(text);
    await phone.answer('回三');
    expect(
      phone
        .messages()
        .filter(({ from }) => from === 'bot')
        .map(({ text }) => text),
    ).toEqual(['回一', '回二', '回三']);
  });

  test('with a wrong secret the update stays, and is delivered once the right one is set', async () => {
    const { sim, bot, call } = await openBench({ webhookPause: { first: 1, most: 1 } });
    const refused = signal();
    const taken = signal();
    const { port, server } = await listen((request) => {
      const isRight = request.headers.get('x-telegram-bot-api-secret-token') === 'right';
      (isRight ? taken : refused).done();
      return new Response(null, { status: isRight ? 200 : 401 });
    });
    onTestFinished(() => close(server));
    const url = `http://127.0.0.1:${port}/hook`;
    await bot.api.setWebhook(url, { secret_token: 'wrong' });
    sim.phone({ firstName: '李秀英' }).send('一');
    await refused.promise;
    const info = await bot.api.getWebhookInfo();
    expect(info).toMatchObject({ url, pending_update_count: 1 });
    await bot.api.setWebhook(url, { secret_token: 'right' });
    await taken.promise;
    await bot.api.deleteWebhook();
    expect(await call('getUpdates')).toMatchObject({ ok: true });
  });

  test('an address of another machine is refused', async () => {
    const { bot } = await openBench();
    await expect(bot.api.setWebhook('https://example.com/hook')).rejects.toThrow('bad webhook');
    await expect(bot.api.setWebhook('http://127.0.0.1/', { secret_token: '空 格' })).rejects.toThrow(
      'unallowed characters',
    );
  });
});

describe('faults on order', () => {
  test('429 says how long to wait and the call after it passes', async () => {
    const { sim, bot } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.start();
    sim.fail({ method: 'sendMessage', times: 1, with: 429, retryAfter: 7 });
    const error: unknown = await bot.api.sendMessage(phone.id, 'x').catch((reason: unknown) => reason);
    expect((error as GrammyError).parameters).toEqual({ retry_after: 7 });
    await bot.api.sendMessage(phone.id, 'x');
  });

  test('a cut connection is an HttpError; the message may have arrived all the same', async () => {
    const { sim, bot } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    phone.start();
    sim.fail({ times: 1, with: 'drop' });
    await expect(bot.api.sendMessage(phone.id, '没到')).rejects.toThrow(HttpError);
    sim.fail({ times: 1, with: 'drop', afterEffect: true });
    await expect(bot.api.sendMessage(phone.id, '到了')).rejects.toThrow(HttpError);
    expect(phone.messages().map(({ text }) => text)).toEqual(['/start', '到了']);
  });

  test('a call that is never answered ends when the bot gives up', async () => {
    const { sim, bot } = await openBench({ client: { timeoutSeconds: 0.05 } });
    sim.fail({ method: 'getMe', times: 1, with: 'timeout' });
    await expect(bot.api.getMe()).rejects.toThrow(HttpError);
    expect((await bot.api.getMe()).is_bot).toBe(true);
  });
});
