/** What did not reach somebody is seen by their community: who has no phone is phoned or visited, what failed is tried again or given up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDue } from '../../../api/delivery/deliver.ts';
import { plain } from '../../../api/delivery/message.ts';
import { enqueue } from '../../../api/delivery/outbox.ts';
import type { Browser } from '../../tools/browser.ts';
import { OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const HOME = '430102001001';
let stage: Stage;
let clerk: Browser;
let wang: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  const [row] = await stage.house.connection.sql`select id from retirees where name = '王桂英'`;
  wang = row?.['id'] as string;
  await stage.house.connection.sql`update retirees set phone = null where id = ${wang}`;
});
afterAll(() => stage.stop());

const list = async (way = '') => (await clerk.get(`/api/staff/delivery?unit=${HOME}${way && `&way=${way}`}`)).body;
const post = (path: string, body: object) => clerk.post(`/api/staff/delivery/${path}`, { unit: HOME, ...body });
const tell = (retireeId: string) =>
  stage.ctx.db.transaction((tx) =>
    enqueue({ ...stage.ctx, db: tx }, [
      {
        to: { retireeId },
        form: 'notice',
        template: 'left',
        params: { name: plain('王桂英'), unit: `~${HOME}`, number: '1' },
      },
    ]),
  );
/** Delivers with a text message service that does this. */
const deliver = (send: () => Promise<void>) =>
  deliverDue({
    db: stage.ctx.db,
    clock: stage.ctx.clock,
    roomGone: async () => {},
    words: () => stage.ctx.city,
    sms: { send },
    channel: { send: async () => ({ is: 'sent', id: '1' }), edit: async () => ({ is: 'sent', id: '1' }) },
  });

test('nothing is there while everything arrives', async () => {
  expect(await list()).toEqual([]);
});

test('whoever has no phone stands on the list until they were told; then nobody is asked to tell them again', async () => {
  await tell(wang);
  await deliver(async () => {});
  const [one] = await list();
  expect(one).toMatchObject({ retiree: { name: '王桂英' }, to: 'retiree', state: 'to-tell' });
  expect(one.text).toContain('王桂英');
  expect(await list('community')).toEqual([one]);
  expect(one).toMatchObject({ way: 'community', settled: null });
  expect([await list('sms'), await list('chat'), await list('visited')]).toEqual([[], [], []]);
  expect((await post(`${one.id}/settle`, { how: 'visited' })).status).toBe(204);
  expect(await list()).toEqual([]);
  const [row] = await stage.house.connection.sql`select settled_how, settled_by from messages where id = ${one.id}`;
  expect(row).toMatchObject({ settled_how: 'visited' });
  expect(row?.['settled_by']).not.toBeNull();
  // How she was told can be looked up for a month.
  expect(await list('visited')).toMatchObject([
    { id: one.id, state: 'settled', way: 'visited', settled: { by: '李娟' } },
  ]);
  expect([await list('phoned'), await list('community')]).toEqual([[], []]);
  // A second tap finds nothing to note.
  expect((await post(`${one.id}/settle`, { how: 'phoned' })).status).toBe(404);
});

test('what a broken service refuses says why and when it is tried next; given up by the machine, it is tried again by hand', async () => {
  const [row] = await stage.house.connection.sql`select id from retirees where name = '刘淑兰'`;
  await stage.house.connection.sql`update links set revoked_at = now() where retiree_id = ${row?.['id']}`;
  await tell(row?.['id'] as string);
  const broken = async () => {
    throw new Error('the provider is down');
  };
  await deliver(broken);
  const [waiting] = await list();
  expect(waiting).toMatchObject({ state: 'waiting', tries: 1, way: 'sms', lastError: 'the provider is down' });
  expect([await list('sms'), await list('chat')]).toEqual([[waiting], []]);
  expect(Date.parse(waiting.nextTry)).toBeGreaterThan(stage.ctx.clock().getTime());
  for (let day = 3; (await list())[0].state === 'waiting'; day += 1) {
    stage.at(`2026-11-${String(day).padStart(2, '0')} 12:00`);
    await deliver(broken);
  }
  const [failed] = await list();
  expect(failed).toMatchObject({ id: waiting.id, state: 'failed', tries: 20 });
  expect((await post(`${failed.id}/retry`, {})).status).toBe(204);
  let texts = 0;
  await deliver(async () => {
    texts += 1;
  });
  expect([texts, await list()]).toEqual([1, []]);
});

test('another community sees and settles nothing of it', async () => {
  await tell(wang);
  await deliver(async () => {});
  const [one] = await list();
  const other = await stage.person(RECEIVING_CLERK);
  expect((await other.get(`/api/staff/delivery?unit=${HOME}`)).status).toBe(403);
  expect((await other.get('/api/staff/delivery?unit=430111001001')).body).toEqual([]);
  const body = { unit: '430111001001', how: 'phoned' };
  expect((await other.post(`/api/staff/delivery/${one.id}/settle`, body)).status).toBe(404);
});
