/** The page's doors: the same phones over HTTP, the SMS inbox, the stream of changes, and who is kept out. */
import { describe, expect, test } from 'vitest';
import en from '../../../locales/en/simulator.json' with { type: 'json' };
import zh from '../../../locales/zh-CN/simulator.json' with { type: 'json' };
import { MEMORY } from '../../../bot/simulator/limits.ts';
import type { ChatView } from '../../../bot/simulator/view.ts';
import { openBench } from './bench.ts';

const presets = [{ firstName: '李秀英', phoneNumber: '13800138000', note: '退休人员' }];
const sms = { to: '13800138000', text: '验证码 482913' };

const post = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('the page', () => {
  test('comes whole from this server, with no inline script and a strict policy', async () => {
    const { root } = await openBench();
    const response = await fetch(root);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(html).toContain(zh.title);
    expect(html).not.toMatch(/<script(?![^>]*src=)|style=|https?:/);
    const assets = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets).toHaveLength(2);
    for (const path of [...assets, '/simulator/page/vue.js', '/simulator/page/texts/en.json']) {
      expect({ path, status: (await fetch(new URL(path, root))).status }).toEqual({ path, status: 200 });
    }
    expect((await fetch(`${root}/page/page-nonsense.ts`)).status).toBe(404);
    expect((await fetch(`${root}?lang=../../x`)).status).toBe(404);
  });

  test('has every text in both languages', () => {
    const keys = (texts: object, path = ''): string[] =>
      Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null ? keys(value, `${path}${key}.`) : [path + key],
      );
    expect(keys(en)).toEqual(keys(zh));
  });
});

describe('phones over HTTP', () => {
  test('a person opens a phone, writes, taps, and reads the answer', async () => {
    const { root, bot, poll } = await openBench({ presets });
    bot.command('start', (ctx) =>
      ctx.reply('选', { reply_markup: { inline_keyboard: [[{ text: '是', callback_data: 'y' }]] } }),
    );
    bot.callbackQuery('y', (ctx) => ctx.editMessageText('好'));
    await poll();
    const events = await readEvents(`${root}/events`);
    const opened = (await (await post(`${root}/phones`, presets[0] ?? {})).json()) as ChatView;
    expect(opened).toMatchObject({ firstName: '李秀英', note: '退休人员', started: true });
    await post(`${root}/phones/${opened.id}/start`, { payload: '' });
    await events.until('phone', ({ messages }) => messages.at(-1)?.text === '选');
    await post(`${root}/phones/${opened.id}/tap`, { button: 'y' });
    await events.until('phone', ({ messages }) => messages.at(-1)?.text === '好');
    await events.close();
  });

  test('what the app refuses has a stable code that the texts know', async () => {
    const { root } = await openBench({ presets });
    const { id } = (await (await post(`${root}/phones`, presets[0] ?? {})).json()) as ChatView;
    const codeOf = async (path: string, body: object): Promise<unknown> =>
      (await (await post(root + path, body)).json()) as unknown;
    for (const [path, body, code] of [
      ['/phones', { firstName: '李', phoneNumber: '12ab' }, 'badPhoneNumber'],
      ['/phones', { firstName: ' ' }, 'badName'],
      [`/phones/${id}/send`, { text: ' ' }, 'emptyText'],
      [`/phones/${id}/tap`, { button: '没有' }, 'noSuchButton'],
      [`/phones/${id}/nonsense`, {}, 'badRequest'],
      ['/phones/1/send', { text: 'x' }, 'noSuchPhone'],
    ] as const) {
      expect(await codeOf(path, body)).toMatchObject({ code });
      expect(zh.error).toHaveProperty(code);
    }
  });

  test('another site cannot write', async () => {
    const { root } = await openBench({ presets });
    const foreign = await post(`${root}/phones`, presets[0] ?? {}, { 'sec-fetch-site': 'cross-site' });
    const simple = await post(`${root}/phones`, presets[0] ?? {}, { 'content-type': 'text/plain' });
    expect([foreign.status, simple.status]).toEqual([403, 403]);
  });
});

describe('the SMS inbox', () => {
  test('is read by number, however it is written, and waits for what comes', async () => {
    const { sim, root } = await openBench();
    const waiting = sim.sms.waitFor('+86 138 0013 8000', (text) => text.includes('验证码'));
    sim.sms.deliver(sms);
    sim.sms.deliver({ ...sms, to: '13900139000' });
    expect((await waiting).text).toBe(sms.text);
    const list = (await (await fetch(`${root}/sms?to=${encodeURIComponent('138 0013 8000')}`)).json()) as unknown[];
    expect(list).toEqual([expect.objectContaining(sms)]);
  });

  test('and the chats keep only the newest', async () => {
    const { sim } = await openBench();
    const phone = sim.phone({ firstName: '李秀英' });
    for (let n = 0; n < MEMORY.messagesPerChat + 5; n += 1) phone.send(`${n}`);
    for (let n = 0; n < MEMORY.smsMessages + 5; n += 1) sim.sms.deliver(sms);
    expect(phone.messages()).toHaveLength(MEMORY.messagesPerChat);
    expect(phone.messages()[0]?.text).toBe('5');
    expect(sim.sms.list()).toHaveLength(MEMORY.smsMessages);
  });
});

type Events = {
  /** Reads on until such an event comes. */
  until(event: string, test: (data: ChatView) => boolean): Promise<void>;
  close(): Promise<void>;
};

async function readEvents(url: string): Promise<Events> {
  const { body } = await fetch(url);
  if (!body) throw new Error('no stream');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async until(event, isWanted) {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end === -1) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`the stream ended before ${event}`);
          text += value;
        } else {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^data: (.*)$/m.exec(block)?.[1] ?? '{}';
          if (block.includes(`event: ${event}\n`) && isWanted(JSON.parse(data) as ChatView)) return;
        }
      }
    },
    close: () => reader.cancel(),
  };
}
