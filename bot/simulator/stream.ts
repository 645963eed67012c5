/** The stream of changes that keeps the page up to date: everything once, then each phone that changed. */
import type { SSEStreamingApi } from 'hono/streaming';
import type { PageParts } from './page-api.ts';
import { viewChat, viewRoom } from './view.ts';

/** Milliseconds for which changes are gathered before they are sent together. */
const GATHER_MS = 30;
/** Milliseconds after which a line is sent although nothing changed, so that nothing in between hangs up. */
const PING_MS = 20_000;

/** Runs until the page goes away or the simulator closes. */
export async function streamChanges(
  stream: SSEStreamingApi,
  { world, sms, presets, closing }: PageParts,
): Promise<void> {
  const changed = new Set<number>();
  let smsChanged = false;
  let wake = (): void => undefined;
  const stops = [
    world.onChange((chatId) => {
      changed.add(chatId);
      wake();
    }),
    sms.onChange(() => {
      smsChanged = true;
      wake();
    }),
  ];
  const stop = (): void => wake();
  closing.addEventListener('abort', stop);
  stream.onAbort(stop);
  const send = (event: string, data: unknown): Promise<void> => stream.writeSSE({ event, data: JSON.stringify(data) });

  const phones = [...world.conversations.values()].map((one) => viewChat(world, one));
  const rooms = [...world.rooms.values()].map((one) => viewRoom(world, one));
  await send('all', { username: world.me.username, bot: world.me.first_name, presets, phones, rooms, sms: sms.list() });
  while (!stream.aborted && !closing.aborted) {
    if (changed.size === 0 && !smsChanged) {
      const isPing = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), PING_MS);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      if (isPing) await send('ping', {});
      else await stream.sleep(GATHER_MS);
    }
    if (smsChanged) {
      smsChanged = false;
      await send('sms', sms.list());
    }
    const ids = [...changed];
    changed.clear();
    for (const id of ids) {
      const conversation = world.conversations.get(id);
      const room = world.rooms.get(id);
      if (room) await send('room', viewRoom(world, room));
      else await (conversation ? send('phone', viewChat(world, conversation)) : send('gone', { id }));
    }
  }
  closing.removeEventListener('abort', stop);
  for (const off of stops) off();
}
