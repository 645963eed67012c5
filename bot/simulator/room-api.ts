/** What the simulator's page calls about groups: opening one, writing in it, the bot in and out, its end. */
import { Hono } from 'hono';
import { z } from 'zod';
import { PhoneError } from './errors.ts';
import * as rooms from './rooms.ts';
import type { Room, World } from './state.ts';
import { viewRoom } from './view.ts';

const by = z.object({ by: z.number() });

/** To be mounted behind the page's own guard. */
export function createRoomApi(world: World, read: <Shape>(schema: z.ZodType<Shape>, body: unknown) => Shape): Hono {
  const app = new Hono();
  const roomOf = (id: string | undefined): Room => {
    const room = world.rooms.get(Number(id));
    if (!room) throw new PhoneError('noSuchRoom');
    return room;
  };
  app.post('/', async (c) => {
    const wanted = read(
      z.object({ title: z.string(), members: z.array(z.number()).min(1).max(20) }),
      await c.req.json(),
    );
    return c.json(viewRoom(world, rooms.openRoom(world, wanted)), 201);
  });
  app.post('/:id/say', async (c) => {
    const said = read(by.extend({ text: z.string() }), await c.req.json());
    rooms.sayIn(world, roomOf(c.req.param('id')), said.by, said.text);
    return c.json({});
  });
  app.post('/:id/bot', async (c) => {
    const { by: who, isIn } = read(by.extend({ isIn: z.boolean() }), await c.req.json());
    rooms.setBot(world, roomOf(c.req.param('id')), who, isIn);
    return c.json({});
  });
  app.post('/:id/upgrade', async (c) => {
    rooms.upgradeRoom(world, roomOf(c.req.param('id')), read(by, await c.req.json()).by);
    return c.json({});
  });
  app.post('/:id/delete', async (c) => {
    rooms.deleteRoom(world, roomOf(c.req.param('id')));
    return c.json({});
  });
  return app;
}
