/** Messages out: what was rolled back is never sent, what was committed always is, however workers and channels fail. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Sent } from '../../../api/delivery/channel.ts';
import { claimDue } from '../../../api/delivery/claim.ts';
import { deliverDue, type Post } from '../../../api/delivery/deliver.ts';
import { groupCards } from '../../../api/delivery/group-cards.ts';
import { plain, type NewMessage } from '../../../api/delivery/message.ts';
import { enqueue } from '../../../api/delivery/outbox.ts';
import { OLD_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
let chat: string;
let accountId: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  chat = await stage.openChat(OLD_CLERK);
  const [login] = await sql(`select account_id from logins where kind = 'telegram'`);
  accountId = login?.['account_id'] as string;
});
beforeEach(async () => {
  stage.at('2026-11-02 10:00');
  await sql(`delete from messages; update logins set blocked_at = null`);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const notice = (name = '刘淑兰'): NewMessage => ({
  to: { accountId },
  form: 'notice',
  template: 'left',
  params: { name: plain(name), unit: '~430111001001', number: plain('100 000 016') },
});

/** Writes messages as an act does. @returns their ids */
async function commit(...news: NewMessage[]): Promise<string[]> {
  await stage.ctx.db.transaction((tx) => enqueue({ ...stage.ctx, db: tx }, news));
  return (await sql(`select id from messages where state = 'queued' order by created_at, id`)).map((row) => row['id']);
}

/** A post whose chat answers as told; what was sent is kept. */
function postThat(answer: (text: string) => Promise<Sent> | Sent) {
  const sent: string[] = [];
  const texts: string[] = [];
  const channel: Channel = {
    async send(address, message) {
      sent.push(`${address}: ${message.text}`);
      return answer(message.text);
    },
    async edit(address, sentId, message) {
      sent.push(`${address} edit ${sentId}: ${message.text}`);
      return answer(message.text);
    },
  };
  const post: Post = {
    db: stage.ctx.db,
    clock: stage.ctx.clock,
    channel,
    words: () => stage.ctx.city,
    roomGone: async () => {},
    sms: {
      async send(to, text) {
        texts.push(`${to}: ${text}`);
      },
    },
  };
  return { post, sent, texts };
}
const works = () => postThat(() => ({ is: 'sent', id: 'm1' }));
const stateOf = async (id: string | undefined) => {
  const [row] = await sql(`select state, way, tries, last_error from messages where id = '${id}'`);
  return row;
};

describe('cards that come fast', () => {
  const card = (n: number): NewMessage => ({ ...notice(`第${n}位`), form: 'card', template: 'card' });
  const states = async () =>
    (await sql(`select form || ' ' || template || ' ' || state as said from messages order by created_at, id`)).map(
      (row) => row['said'] as string,
    );

  test('ten within a minute are three cards and one message that grows, each once, whoever sends', async () => {
    const { post, sent } = works();
    for (const batch of [[1, 2], [3, 4, 5], [6], [7, 8, 9, 10]]) {
      await commit(...batch.map(card));
      await Promise.all([deliverDue(post), deliverDue(post)]);
      await deliverDue(post);
    }
    await deliverDue(post);
    expect(sent.filter((one) => one.includes('位'))).toHaveLength(3);
    const counts = sent.filter((one) => one.includes('件新的'));
    expect(counts.map((one) => /edit/.test(one))).toEqual([false, true, true]);
    expect(counts.map((one) => /(\d+) 件/.exec(one)?.[1])).toEqual(['2', '3', '7']);
    expect((await states()).filter((one) => one === 'card card replaced')).toHaveLength(7);
    expect((await states()).filter((one) => one.endsWith('queued'))).toEqual([]);
    stage.at('2026-11-02 10:02');
    await commit(card(11));
    await deliverDue(post);
    expect(sent.at(-1)).toContain('第11位');
  });

  test('the minute is the last one, not the clock’s: across its edge the same message grows, whoever counts', async () => {
    const { post, sent } = works();
    const counted = () => sent.filter((one) => one.includes('件新的')).map((one) => /(\d+) 件/.exec(one)?.[1]);
    const at = async (time: string, ...cards: number[]) => {
      stage.at(time);
      await commit(...cards.map(card));
      await Promise.all([deliverDue(post), deliverDue(post)]);
      await deliverDue(post);
      await deliverDue(post);
    };
    await at('2026-11-02 10:00:57', 1, 2, 3, 4);
    await at('2026-11-02 10:01:03', 5, 6);
    await at('2026-11-02 10:01:56', 7);
    expect(counted()).toEqual(['1', '3', '4']);
    const rows = await sql(`select count(*)::int as n from messages where template = 'cards.more' and form = 'card'`);
    expect(rows[0]?.['n']).toBe(1);
    // The three cards and the message are a minute old: cards come one by one again, and beyond three a new message counts anew.
    await at('2026-11-02 10:01:58', 8, 9, 10, 11, 12);
    expect(sent.filter((one) => one.includes('位'))).toHaveLength(6);
    expect(counted()).toEqual(['1', '3', '4', '2']);
  });

  test('several workers that count for one person at once write one message', async () => {
    const { post, sent } = works();
    await commit(...[1, 2, 3].map(card));
    await deliverDue(post);
    await commit(...Array.from({ length: 12 }, (_, n) => card(n + 4)));
    const claimed = await claimDue(stage.ctx.db, stage.ctx.clock(), 12);
    const one = (at: number) => groupCards(stage.ctx.db, stage.ctx.clock(), claimed.slice(at, at + 3));
    expect((await Promise.all([0, 3, 6, 9].map(one))).flat()).toEqual([]);
    const rows = await sql(
      `select params ->> 'count' as n from messages where template = 'cards.more' and form = 'card'`,
    );
    expect(rows.map((row) => row['n'])).toEqual(['12']);
    await deliverDue(post);
    expect(sent.filter((text) => text.includes('12 件'))).toHaveLength(1);
  });

  test('a worker that dies before sending loses none and counts none twice', async () => {
    const { post, sent } = works();
    await commit(...[1, 2, 3, 4, 5].map(card));
    const dying = { ...post, channel: { ...post.channel, send: () => Promise.reject(new Error('killed')) } };
    await deliverDue(dying);
    await sql(`update messages set next_try_at = '2026-11-02 02:00', claimed_until = null where state = 'queued'`);
    await deliverDue(post);
    await deliverDue(post);
    expect(sent.filter((one) => one.includes('位'))).toHaveLength(3);
    expect(sent.filter((one) => one.includes('件新的')).map((one) => /(\d+) 件/.exec(one)?.[1])).toEqual(['2']);
  });
});

describe('with its transaction', () => {
  test('what is rolled back leaves no message; what is committed leaves one, once a key', async () => {
    const failing = stage.ctx.db.transaction(async (tx) => {
      await enqueue({ ...stage.ctx, db: tx }, [notice()]);
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow('the act failed');
    expect(await sql(`select 1 from messages`)).toHaveLength(0);
    await commit({ ...notice(), onceKey: 'k' });
    await commit({ ...notice(), onceKey: 'k' });
    expect(await sql(`select 1 from messages`)).toHaveLength(1);
  });

  test('is sent once, in the words of the reader, however many workers look', async () => {
    const ids = await commit(notice());
    const { post, sent } = works();
    await Promise.all([deliverDue(post), deliverDue(post), deliverDue(post)]);
    expect(sent).toEqual([`${chat}: 刘淑兰已搬走，现在由梓园社区服务。编号 100 000 016。`]);
    expect(await stateOf(ids[0])).toMatchObject({ state: 'sent', way: 'telegram' });
  });

  test('reaches a person in the order of what happened, though rounds run side by side', async () => {
    for (let n = 0; n < 120; n += 1) {
      const [hour, minute] = [10 + Math.floor(n / 60), n % 60].map((part) => String(part).padStart(2, '0'));
      stage.at(`2026-11-02 ${hour}:${minute}`);
      await commit(notice(`第${String(n).padStart(3, '0')}人`));
    }
    // The first is slow to go out: it is held until the other rounds find nothing more to do.
    const others = Promise.withResolvers<void>();
    const { post, sent } = postThat(async (text) => {
      if (text.includes('第000人')) await others.promise;
      return { is: 'sent', id: '1' };
    });
    let ended = 0;
    const round = async (_: unknown, part: number) => {
      while ((await deliverDue(post, { part, of: 4 })) > 0);
      ended += 1;
      if (ended === 3) others.resolve();
    };
    await Promise.all(Array.from({ length: 4 }, round));
    expect(sent).toHaveLength(120);
    expect(sent).toEqual(sent.toSorted());
  });
});

describe('when things fail', () => {
  test('a worker that died with a message in its hands is followed by another after a minute', async () => {
    await commit(notice());
    const dying = postThat(() => new Promise<Sent>(() => {}));
    void deliverDue(dying.post);
    await expect.poll(() => dying.sent.length).toBe(1);
    const { post, sent } = works();
    expect(await deliverDue(post)).toBe(0);
    stage.at('2026-11-02 10:01');
    expect(await deliverDue(post)).toBe(1);
    expect(sent).toHaveLength(1);
  });

  test('what might not end before its claim does is left for another: nothing is sent by two', async () => {
    const [first, second] = [...(await commit(notice('第一'))), ...(await commit(notice('第二'))).slice(-1)];
    const slow = postThat(() => {
      stage.at('2026-11-02 10:01');
      return { is: 'sent', id: '1' };
    });
    expect(await deliverDue(slow.post)).toBe(2);
    expect(slow.sent).toHaveLength(1);
    expect(await stateOf(first)).toMatchObject({ state: 'sent' });
    expect(await stateOf(second)).toMatchObject({ state: 'queued', tries: 0, last_error: null });
    const { post, sent } = works();
    await deliverDue(post);
    expect([sent.length, slow.sent.length]).toEqual([1, 1]);
    expect(sent[0]).toContain('第二');
  });

  test('a chat that blocked us is left alone, and the notice comes by text message; a card does not', async () => {
    const ids = await commit(notice(), { ...notice(), form: 'card', template: 'card' });
    const blocked = postThat(() => ({ is: 'gone', why: 'bot was blocked by the user' }));
    await deliverDue(blocked.post);
    await deliverDue(blocked.post);
    expect(blocked.sent).toHaveLength(2);
    expect(blocked.texts).toEqual([
      `${OLD_CLERK}: 刘淑兰已搬走，现在由梓园社区服务。编号 100 000 016。梓园社区电话：0731-80000019。`,
    ]);
    const states = await Promise.all(ids.map(stateOf));
    expect(
      states.map((row) => `${row?.['state']} ${row?.['way'] ?? '-'}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['kept -', 'sent sms']);
  });

  test('a channel that says when to come again is not asked sooner', async () => {
    await commit(notice());
    const busy = postThat(() => ({ is: 'later', why: 'retry after 90', waitSeconds: 90 }));
    await deliverDue(busy.post);
    const { post, sent } = works();
    stage.at('2026-11-02 10:01');
    await deliverDue(post);
    expect(sent).toEqual([]);
    stage.at('2026-11-02 10:02');
    await deliverDue(post);
    expect(sent).toHaveLength(1);
  });

  test('an outage of hours loses nothing; in the end somebody is told to look', async () => {
    const ids = await commit(notice());
    const away = postThat(() => {
      throw new Error('connect ECONNREFUSED');
    });
    const start = stage.ctx.clock().getTime();
    for (let hour = 10; hour < 34; hour += 1) {
      const day = hour < 24 ? '2026-11-02' : '2026-11-03';
      for (const minute of ['00', '20', '40']) {
        stage.at(`${day} ${String(hour % 24).padStart(2, '0')}:${minute}`);
        await deliverDue(away.post);
        const hours = (stage.ctx.clock().getTime() - start) / 3_600_000;
        if (hours < 8) expect(await stateOf(ids[0])).toMatchObject({ state: 'queued' });
      }
    }
    expect(await stateOf(ids[0])).toMatchObject({ state: 'failed', last_error: 'connect ECONNREFUSED' });
  });

  test('an edit waits for its card, and a card that never went out needs none', async () => {
    const [card] = await commit({ ...notice(), form: 'card', template: 'card' });
    const edit = { ...notice(), form: 'edit' as const, template: 'card-settled', editOf: card ?? '' };
    await commit(edit);
    const { post, sent } = works();
    expect(await deliverDue(post)).toBe(1);
    expect(sent).toHaveLength(1);
    expect(await deliverDue(post)).toBe(1);
    expect(sent[1]).toMatch(new RegExp(`^${chat} edit m1: `));
    await sql(`update messages set state = 'kept', sent_id = null where id = '${card}'`);
    const [second] = await commit(edit);
    await deliverDue(post);
    expect(sent).toHaveLength(2);
    expect(await stateOf(second)).toMatchObject({ state: 'kept' });
  });

  test('what goes to one person arrives in the order in which it happened', async () => {
    for (let n = 0; n < 8; n += 1) {
      stage.at(`2026-11-02 10:0${n}`);
      await commit(notice(`第${n}`));
    }
    const { post, sent } = works();
    expect(await deliverDue(post)).toBe(8);
    expect(sent.map((line) => /第\d/.exec(line)?.[0])).toEqual(Array.from({ length: 8 }, (_, n) => `第${n}`));
  });
});
