/**
 * What did not reach somebody is seen by their community: who has no phone is phoned or visited, what failed is tried again or given up.
 * So is what did not reach a colleague, and nothing that is private to them.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel } from '../../../api/delivery/channel.ts';
import { deliverDue } from '../../../api/delivery/deliver.ts';
import { plain } from '../../../api/delivery/message.ts';
import { enqueue } from '../../../api/delivery/outbox.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

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
/** Delivers with a text message service, and chats, that do this. */
const deliver = (send: () => Promise<void>, chat: Channel['send'] = async () => ({ is: 'sent', id: '1' })) =>
  deliverDue({
    db: stage.ctx.db,
    clock: stage.ctx.clock,
    roomGone: async () => {},
    words: () => stage.ctx.city,
    sms: { send },
    channel: { send: chat, edit: async () => ({ is: 'sent', id: '1' }) },
  });

test('nothing is there while everything arrives', async () => {
  expect(await list()).toEqual([]);
});

test('a colleague whose chat is gone is seen by those beside them, by person and case, until it arrives; what is private never is', async () => {
  const { sql } = stage.house.connection;
  const unit = newHome.communityId;
  await stage.openChat(RECEIVING_CLERK);
  const colleague = await stage.person(RECEIVING_CLERK);
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(await stage.person(LIU), 'relocation', move);
  const [account] = await sql`select account_id as id from logins where kind = 'telegram'`;
  const accountId = account?.['id'] as string;
  await stage.ctx.db.transaction((tx) =>
    enqueue({ ...stage.ctx, db: tx }, [
      { to: { accountId }, form: 'notice', template: 'family.given-back', params: { name: '母亲', helper: '张伟' } },
    ]),
  );
  const gone = () =>
    deliver(
      async () => {},
      async () => ({ is: 'gone', why: 'blocked by the user' }),
    );
  const lead = await stage.staff(unit, 'lead');
  const staffPage = async (more = '') => (await lead.get(`/api/staff/delivery?unit=${unit}&to=staff${more}`)).body;
  const act = (path: string, body: object = {}) =>
    lead.post(`/api/staff/delivery/${path}`, { unit, to: 'staff', ...body });
  expect(await staffPage()).toEqual({ messages: [], next: null });
  await gone();
  expect((await staffPage()).messages).toMatchObject([
    { to: 'staff', state: 'waiting', way: 'chat', lastError: 'blocked by the user' },
  ]);
  await gone();
  // The card has no other way; the colleague finds the case in their list only.
  const [card] = (await staffPage()).messages;
  expect(card).toMatchObject({ colleague: '张伟', case: number, state: 'kept', open: true, tries: 2 });
  expect(card.text).toContain('刘淑兰');
  expect((await staffPage('&list=all')).messages).toEqual([card]);
  const count = async (words: string) => (await staffPage(`&list=all&words=${words}`)).messages.length;
  expect([await count('张'), await count('李娟'), await count(number), await count('123456789')]).toEqual([1, 0, 1, 0]);
  // Elsewhere it is nobody's, and in the list of the people nobody's either.
  expect((await clerk.get(`/api/staff/delivery?unit=${unit}&to=staff`)).status).toBe(403);
  expect((await page('&to=staff&list=all')).messages).toEqual([]);
  expect((await post(`${card.id}/settle`, { to: 'staff', how: 'phoned' })).status).toBe(404);
  expect((await act(`${card.id}/settle`, { to: 'people', how: 'phoned' })).status).toBe(404);
  expect((await act(`${card.id}/settle`, { how: 'slip' })).status).toBe(400);
  // They opened the bot again.
  await sql`update logins set blocked_at = null`;
  expect((await act(`${card.id}/retry`)).status).toBe(204);
  await deliver(async () => {});
  expect(await staffPage()).toEqual({ messages: [], next: null });
  expect((await staffPage('&list=sent&way=chat')).messages).toMatchObject([
    { id: card.id, state: 'sent', open: false },
  ]);
  await sql`update messages set state = 'failed', sent_at = null where id = ${card.id}`;
  expect((await act(`${card.id}/settle`, { how: 'phoned' })).status).toBe(204);
  expect((await staffPage('&way=phoned')).messages).toMatchObject([{ id: card.id, state: 'settled', way: 'phoned' }]);
  // Not settled, not sent: as soon as the case moves, there is nothing to tell any more.
  await sql`update messages set state = 'failed', settled_at = null, settled_by = null, settled_how = null where id = ${card.id}`;
  expect((await staffPage()).messages).toHaveLength(1);
  await use(colleague, number, 'forward', { to: '430111001002', words: null });
  expect((await staffPage()).messages).toEqual([]);
  expect((await act(`${card.id}/retry`)).status).toBe(404);
  await use(await stage.person(LIU), number, 'withdraw');
  await deliver(async () => {});
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
