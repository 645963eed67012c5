/** HTTP of rooms: what the bot asks for a Telegram group (chat only), and unlinking it on a page. */
import { z } from 'zod';
import type { Context } from 'hono';
import { locales } from '../../../locales/index.ts';
import { onlyInChat } from '../../access/errors.ts';
import { attempt, roomCommands } from '../../access/limits.ts';
import { about, aboutNothing, reply, router, valid, type Env } from '../../http.ts';
import { chatGone } from './gone.ts';
import { linkRoom, unlinkHere, unlinkRoom } from './link.ts';
import { readRoom, roomTopics, roomView } from './read-room.ts';
import { localeOf } from './room.ts';

/** A group's id in Telegram. */
const chat = z.string().regex(/^-?\d{1,20}$/);
const room = z.object({ room: chat });

/** Only the bot speaks for a chat. */
function ensureInside(c: Context<Env>): void {
  if (!c.env.inner) throw onlyInChat();
}

export const roomRoutes = router()
  .post(
    '/chat/rooms/heard',
    about(
      'A command was heard in a Telegram group: in which language it is answered; beyond what Telegram takes it is not (chat only)',
      z.object({ locale: z.enum(locales) }),
    ),
    valid('json', room),
    async (c) => {
      const { room: id } = c.req.valid('json');
      ensureInside(c);
      await attempt(c.get('ctx'), roomCommands, id);
      return reply(c, { locale: await localeOf(c.get('ctx'), id) });
    },
  )
  .post(
    '/chat/rooms/link',
    about(
      'Link a Telegram group to the self-help group that the caller leads (chat only)',
      z.object({ group: z.string(), unit: z.string(), locale: z.enum(locales) }),
    ),
    valid('json', room),
    async (c) => {
      const { room: id } = c.req.valid('json');
      ensureInside(c);
      return reply(c, await linkRoom(c.get('ctx'), id));
    },
  )
  .post(
    '/chat/rooms/unlink',
    aboutNothing('Unlink this Telegram group (chat only)'),
    valid('json', room),
    async (c) => {
      const { room: id } = c.req.valid('json');
      ensureInside(c);
      await unlinkHere(c.get('ctx'), id);
      return c.body(null, 204);
    },
  )
  .post(
    '/chat/rooms/read',
    about('What everybody in this Telegram group may read of its community (chat only)', roomView),
    valid('json', room.extend({ topic: z.enum(roomTopics) })),
    async (c) => {
      const { room: id, topic } = c.req.valid('json');
      ensureInside(c);
      return reply(c, await readRoom(c.get('ctx'), id, topic));
    },
  )
  .post(
    '/chat/rooms/gone',
    aboutNothing('A Telegram group is no more, or has moved (chat only)'),
    valid('json', room.extend({ to: chat.nullable() })),
    async (c) => {
      ensureInside(c);
      const { room: id, to } = c.req.valid('json');
      await chatGone(c.get('ctx'), id, to);
      return c.body(null, 204);
    },
  )
  .delete(
    '/groups/:id/room',
    aboutNothing('Unlink the Telegram group of a self-help group'),
    valid('param', z.object({ id: z.uuid() })),
    async (c) => {
      await unlinkRoom(c.get('ctx'), c.req.valid('param').id);
      return c.body(null, 204);
    },
  );
