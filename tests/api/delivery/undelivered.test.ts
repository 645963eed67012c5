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

const page = async (more = '') => (await clerk.get(`/api/staff/delivery?unit=${HOME}${more}`)).body;
const list = async (way = '') => (await page(way && `&way=${way}`)).messages;
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
  // How she was told can be looked up.
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
  // Not to be waited for: by hand it is tried at once.
  expect((await post(`${waiting.id}/retry`, {})).status).toBe(204);
  await deliver(broken);
  expect((await list())[0]).toMatchObject({ id: waiting.id, state: 'waiting', tries: 1 });
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
  expect((await other.get('/api/staff/delivery?unit=430111001001')).body.messages).toEqual([]);
  const body = { unit: '430111001001', how: 'phoned' };
  expect((await other.post(`/api/staff/delivery/${one.id}/settle`, body)).status).toBe(404);
});

test('everything that was sent, waits, failed or was settled is found by state, way, person and case, page by page', async () => {
  const { sql } = stage.house.connection;
  const [liu] = await sql`select id from retirees where name = '刘淑兰'`;
  const [other] =
    await sql`select id from retirees where id not in (select retiree_id from care where unit_id = ${HOME} and until is null)
    and died_on is null limit 1`;
  const [account] = await sql`insert into accounts (id, name) values (uuidv7(), '女儿') returning id`;
  await sql`insert into links (account_id, retiree_id, relation) select ${account?.['id']}, id, 'child' from unnest(${[liu?.['id'], other?.['id']]}::uuid[]) as id`;
  await sql`delete from messages`;
  const message = (n: number, more: Record<string, string | null>): Record<string, string | null> => ({
    retiree_id: null,
    account_id: null,
    form: 'notice',
    template: 'left',
    params: JSON.stringify({ name: `第${n}`, number: '1' }),
    state: 'sent',
    way: 'sms',
    // Three at a time are of the same moment: pages end within one.
    created_at: new Date(Date.UTC(2026, 10, 1, 0, 0, Math.floor(n / 3))).toISOString(),
    settled_how: null,
    settled_at: more['settled_how'] ? '2026-11-02T00:00:00Z' : null,
    settled_by: more['settled_how'] ? (account?.['id'] as string) : null,
    ...more,
  });
  const hers = { retiree_id: wang, way: null };
  const daughters = { account_id: account?.['id'] as string };
  const rows = [
    ...Array.from({ length: 120 }, (_, n) => message(n, { retiree_id: n % 2 ? wang : (liu?.['id'] as string) })),
    message(200, { ...hers, state: 'kept', settled_how: 'letter' }),
    message(201, { ...hers, state: 'kept', settled_how: 'slip' }),
    message(202, { ...hers, state: 'unreachable' }),
    message(203, { ...daughters, state: 'queued', way: null }),
    message(204, { ...daughters, way: 'telegram' }),
  ];
  await sql`insert into messages ${sql(rows)}`;
  const all: { id: string; at: string; state: string }[] = [];
  for (let next: string | null = ''; next !== null;) {
    const found: { messages: typeof all; next: string | null } = await page(`&list=all${next && `&after=${next}`}`);
    all.push(...found.messages);
    ({ next } = found);
  }
  // What the daughter is told apart from any case is hers, and her other parent's community is another.
  expect(all).toHaveLength(123);
  expect(new Set(all.map(({ id }) => id)).size).toBe(123);
  expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((one, two) => two.localeCompare(one)));
  const count = async (more: string) => (await page(more)).messages.length;
  expect([
    await count(''),
    await count('&list=sent'),
    await count('&list=settled'),
    await count('&list=waiting'),
  ]).toEqual([1, 50, 2, 0]);
  expect([await count('&way=letter'), await count('&way=slip'), await count('&way=visited')]).toEqual([1, 1, 0]);
  expect([await count('&list=all&way=sms'), await count('&list=all&way=chat')]).toEqual([50, 0]);
  expect(await page('&way=slip')).toMatchObject({
    messages: [{ state: 'settled', way: 'slip', settled: { by: '女儿' } }],
    next: null,
  });
  // What did not go out yet is tried again in hope; once it failed, the community is to know of it.
  await sql`update messages set last_error = 'away' where state = 'queued'`;
  expect((await page()).messages.map(({ to, state }: { to: string; state: string }) => `${to} ${state}`)).toEqual([
    'retiree to-tell',
    'relative waiting',
  ]);
  expect(
    new Set(
      (await page('&list=all&words=wangguiying')).messages.map(
        ({ retiree }: { retiree: { name: string } }) => retiree.name,
      ),
    ),
  ).toEqual(new Set(['王桂英']));
  expect([
    await count('&list=all&words=王桂'),
    await count('&list=all&words=没有人'),
    await count('&list=all&words=123456789'),
  ]).toEqual([50, 0, 0]);
});
