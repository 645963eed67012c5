/**
 * What the simulator's page calls: the phones and what a person does with them, the SMS inbox, pictures,
 * and one stream of everything that changes.
 */
import { Hono, type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Preset } from './app.ts';
import { PhoneError } from './errors.ts';
import { LIMITS } from './limits.ts';
import * as person from './person.ts';
import { openPhone } from './phones.ts';
import { createRoomApi } from './room-api.ts';
import type { SmsInbox } from './sms.ts';
import type { Conversation, World } from './state.ts';
import { streamChanges } from './stream.ts';
import { tap } from './tap.ts';
import { viewChat } from './view.ts';
import { webAppAddress } from './web-app.ts';

export type PageParts = { world: World; sms: SmsInbox; presets: Preset[]; closing: AbortSignal };

const newPhone = z.object({
  firstName: z.string(),
  phoneNumber: z.string().optional(),
  languageCode: z.string().optional(),
  note: z.string().optional(),
  known: z.boolean().optional(),
});

type Act = (world: World, conversation: Conversation, body: unknown) => unknown;

/** What a person can do, by the last part of the address. */
const acts = new Map<string, Act>([
  ['send', (world, on, body) => person.say(world, on, read(z.object({ text: z.string() }), body).text)],
  ['start', (world, on, body) => person.start(world, on, read(z.object({ payload: z.string() }), body).payload)],
  ['contact', (world, on) => person.shareContact(world, on)],
  ['voice', (world, on) => person.sendVoice(world, on)],
  ['sticker', (world, on) => person.sendSticker(world, on)],
  ['block', (world, on) => person.setBlocked(world, on, true)],
  ['unblock', (world, on) => person.setBlocked(world, on, false)],
  [
    'tap',
    (world, on, body) => {
      const tapped = read(z.object({ button: z.string(), messageId: z.number().optional() }), body);
      return tap(world, on, tapped.button, tapped.messageId);
    },
  ],
  [
    'forward',
    (world, on, body) => {
      const { chatId, messageId } = read(z.object({ chatId: z.number(), messageId: z.number() }), body);
      return person.forward(world, on, chatId, messageId);
    },
  ],
  [
    'menu',
    (world, on) => {
      const button = on.menuButton ?? world.menuButton;
      if (button.type !== 'web_app') throw new PhoneError('noSuchButton');
      return { kind: 'webApp', url: webAppAddress(world, on.person, button.web_app.url) };
    },
  ],
]);

/**
 * Another site's page cannot write here: its requests say that they are foreign, and the content types
 * asked for make a browser ask first.
 */
const ownPageOnly = createMiddleware(async (c, next) => {
  const from = c.req.header('sec-fetch-site');
  const simple = /^(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)/i;
  const isForeign = from !== undefined && from !== 'same-origin' && from !== 'none';
  const type = c.req.header('content-type') ?? (c.req.method === 'POST' ? 'text/plain' : '');
  if (isForeign || simple.test(type)) return c.json({ status: 403, code: 'badRequest' }, 403);
  if (Number(c.req.header('content-length') ?? 0) > LIMITS.uploadBytes) {
    return c.json({ status: 413, code: 'badRequest' }, 413);
  }
  await next();
  return undefined;
});

export function createPageApi({ world, sms, presets, closing }: PageParts): Hono {
  const app = new Hono();
  app.use('/phones', ownPageOnly);
  app.use('/phones/*', ownPageOnly);
  app.use('/rooms', ownPageOnly);
  app.use('/rooms/*', ownPageOnly);
  app.get('/sms', (c) => c.json(sms.list(c.req.query('to'))));
  app.get('/events', (c) => streamSSE(c, (stream) => streamChanges(stream, { world, sms, presets, closing })));
  app.get('/phones', (c) => c.json([...world.conversations.values()].map((one) => viewChat(world, one))));
  app.post('/phones', async (c) => {
    const conversation = openPhone(world, read(newPhone, await readBody(c)));
    return c.json(viewChat(world, conversation), 201);
  });
  app.delete('/phones/:id', (c) => {
    world.removePerson(phoneOf(world, c).chat.id);
    return c.body(null, 204);
  });
  app.post('/phones/:id/photo', async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    await person.sendPhoto(world, phoneOf(world, c), bytes);
    return c.json({});
  });
  app.post('/phones/:id/document', async (c) => {
    const type = c.req.header('content-type') ?? '';
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    person.sendDocument(world, phoneOf(world, c), { name: c.req.query('name') ?? 'file', type, bytes });
    return c.json({});
  });
  app.post('/phones/:id/:act', async (c) => {
    const act = acts.get(c.req.param('act'));
    if (!act) throw new PhoneError('badRequest');
    return c.json(act(world, phoneOf(world, c), await readBody(c)) ?? {});
  });
  app.route('/rooms', createRoomApi(world, read));
  app.get('/media/:fileId', (c) => {
    const file = world.files.get(c.req.param('fileId'));
    if (!file) return c.notFound();
    const isPicture = /^image\/(jpeg|png|webp|gif|avif)$/.test(file.type);
    return c.body(file.bytes, 200, {
      'content-type': isPicture ? file.type : 'application/octet-stream',
      'content-disposition': isPicture ? 'inline' : 'attachment',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  app.onError((error, c) => {
    if (!(error instanceof PhoneError)) throw error;
    const status = error.code === 'noSuchPhone' || error.code === 'noSuchRoom' ? 404 : 400;
    return c.json({ status, code: error.code }, status, { 'content-type': 'application/problem+json' });
  });
  return app;
}

function phoneOf(world: World, c: Context): Conversation {
  const conversation = world.conversations.get(Number(c.req.param('id')));
  if (!conversation) throw new PhoneError('noSuchPhone');
  return conversation;
}

async function readBody(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new PhoneError('badRequest');
  }
}

function read<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new PhoneError('badRequest');
  return parsed.data;
}
