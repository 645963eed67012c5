/** What is tried against 亲情代办: approving one's own request, asking in a stranger's name, finding out who is registered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { perDay, spend } from '../../../api/access/limits.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';
import { ask, chenCard, liuCard, wangCard } from './people.ts';

let stage: Stage;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const nobody = {
  name: '查无此人',
  idNumber: idNumberOf('430101', '1950-05-05' as PlainDate, 'female', 88),
};
const numbered = (nn: number) => ({
  ...nobody,
  idNumber: idNumberOf('430101', '1951-05-05' as PlainDate, 'female', nn),
});
const stranger = (nn: number) => stage.person(`139555502${nn}`);
const failing = (error: unknown) => {
  throw error;
};

describe('an asker', () => {
  test('approves nothing of their own, by no verb and no draft', async () => {
    const asker = await stranger(10);
    const number = await ask(asker);
    for (const verb of ['approve', 'reject', 'expire', 'undo', 'claim', 'assign'])
      expect((await asker.post(`/api/cases/${number}/${verb}`, { version: 1 })).status).toBe(403);
    expect((await asker.post(`/api/cases/${number}/drafts`, { verb: 'approve' })).status).toBe(403);
    expect((await asker.get(`/api/cases/${number}`)).body.verbs).toMatchObject([{ verb: 'withdraw' }]);
    expect((await asker.get('/api/me')).body.people).toEqual([]);
  });

  test('who works in the very community confirms nothing they asked for themselves', async () => {
    const clerk = await stage.person(OLD_CLERK);
    const number = await ask(clerk, { who: wangCard });
    expect((await clerk.post(`/api/cases/${number}/approve`, { answers: saying({ how: 'visit' }) })).status).toBe(403);
    expect((await clerk.post(`/api/cases/${number}/claim`, {})).status).toBe(403);
    const lead = await stage.staff('430102001001', 'lead');
    expect((await use(lead, number, 'approve', { how: 'visit' })).body.status).toBe('approved');
  });

  test('who forged the retiree’s button gets nowhere: a chat acts as its own person', async () => {
    const number = await ask(await stranger(11));
    const { version } = (await liu.get(`/api/cases/${number}`)).body;
    const chat = { kind: 'telegram' as const, id: '99001', name: '', language: 'zh' };
    const answer = await stage.house.app.request(
      `/api/cases/${number}/approve`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ version }) },
      { inner: { chat } },
    );
    expect(answer.status).toBe(404);
  });

  test('with the phone that the registry holds of the retiree is confirmed by staff only', async () => {
    // 陈建国's registered number; the account asks before anybody is bound to him.
    const holder = await stage.person('13800000003');
    const number = await ask(holder, { who: chenCard, me: '陈磊' });
    const other = await stranger(12);
    const [account] = await rows(`select account_id from sessions order by created_at desc, id desc limit 1`);
    await rows(`insert into links (account_id, retiree_id, relation, scope)
      select '${account?.['account_id']}', id, 'self', 'everything' from retirees where name = '陈建国'`);
    // Whoever writes is looked up anew: no read before it can rest on who they were until now.
    expect((await other.post(`/api/cases/${number}/approve`, {})).status).toBe(403);
    const seen = (await other.get(`/api/cases/${number}`)).body;
    expect(seen.verbs.map((one: { verb: string }) => one.verb)).toEqual(['reject']);
  });

  test('asks five times a day, and not a sixth', async () => {
    const asker = await stranger(13);
    for (let nn = 20; nn < 25; nn += 1) await ask(asker, { who: numbered(nn) });
    await expect(ask(asker, { who: liuCard })).rejects.toThrow('too-many-today');
    stage.at('2026-11-03 10:01');
    expect(await ask(asker, { who: liuCard })).toMatch(/^\d{9}$/);
  });

  test('asks twice for the same person and is shown the first request', async () => {
    const asker = await stranger(14);
    const [first, second] = [await ask(asker), await ask(asker, { scope: 'everything' })];
    expect(second).toBe(first);
    expect(await ask(await stranger(15))).not.toBe(first);
  });
});

test('a limit that is spent in a transaction holds for many at once', async () => {
  const limit = perDay('test', 5);
  const spent = await Promise.allSettled(
    Array.from({ length: 9 }, () => stage.ctx.db.transaction((tx) => spend({ ...stage.ctx, db: tx }, limit, 'me'))),
  );
  expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

describe('whether somebody is registered', () => {
  /** Everything that the asker can see of a case, without what names that very case. */
  async function seenBy(asker: Browser, number: string, name: string) {
    const plain = (value: unknown) =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll(number, 'N')
          .replaceAll(number.replace(/(\d{3})(?=\d)/g, '$1 '), 'N')
          .replaceAll(name, 'X')
          .replace(/\d{4}\*{8,}\w{4}|\d{6}\*+\w+/g, 'M'),
      );
    const details = plain((await asker.get(`/api/cases/${number}`)).body);
    const [line] = (await asker.get('/api/cases')).body.cases;
    const [notice] = (await asker.get('/api/messages')).body;
    const refused = await asker.post(`/api/cases/${number}/approve`, { version: 7 });
    return { details, line: plain(line), notice: plain({ ...notice, id: '' }), refused: plain(refused) };
  }

  test.each([['opened'], ['answered no'], ['over']])('shows in nothing that the asker sees: %s', async (when) => {
    const day = { opened: '2026-11-04', 'answered no': '2026-11-05', over: '2026-11-06' }[when] ?? '';
    stage.at(`${day} 10:00`);
    const [one, other] = await Promise.all([stage.house.signIn('13955550241'), stage.house.signIn('13955550242')]);
    const known = await ask(one);
    const unknown = await ask(other, { who: nobody });
    if (when !== 'opened') await use(liu, known, 'reject');
    if (when === 'over') {
      stage.at('2026-11-20 10:00');
      await sweepTimers(stage.ctx, failing);
    }
    expect(await seenBy(one, known, '刘淑兰')).toEqual(await seenBy(other, unknown, nobody.name));
    const text = JSON.stringify((await one.get(`/api/cases/${known}`)).body);
    expect(text).not.toMatch(/识字里|纺织厂|138\*{4}0001/);
    for (const asker of [one, other]) {
      const [open] = (await asker.get('/api/cases')).body.cases;
      await asker.post(`/api/cases/${open.number}/withdraw`, {});
    }
  });

  test('the name must fit the number; a wrong one is asked of nobody', async () => {
    stage.at('2026-11-24 10:00');
    const before = (await liu.get('/api/messages')).body.length;
    const number = await ask(await stranger(53), { who: { ...liuCard, name: '刘淑芳' } });
    expect((await liu.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await liu.get('/api/messages')).body.length).toBe(before);
    // The city's agency finds out whom they mean, and says how it asked her.
    const agency = await stage.person('13800000042');
    const said = { retiree: { ...liuCard, name: '刘淑芳' }, how: 'call' };
    expect((await use(agency, number, 'approve', said)).body).toMatchObject({ complaint: 'no-such-retiree' });
    expect((await use(agency, number, 'approve', { ...said, retiree: liuCard })).body.status).toBe('approved');
    expect((await (await stranger(53)).get('/api/me')).body.people).toMatchObject([{ name: '刘淑兰' }]);
  });
});

describe('in a stranger’s name', () => {
  test('a request changes nothing, and the retiree is told', async () => {
    stage.at('2026-11-25 10:00');
    const before = await rows(`select count(*)::int as n from links`);
    const number = await ask(await stranger(61), { me: '陌生人' });
    expect(await rows(`select count(*)::int as n from links`)).toEqual(before);
    expect((await liu.get('/api/messages')).body[0].text).toContain('有人想替您办事');
    expect((await use(liu, number, 'reject')).status).toBe(200);
  });

  test('by many people is told five times a day, not more', async () => {
    stage.at('2026-11-26 10:00');
    const told = async () => {
      const [count] = await rows(`select count(*)::int as n from messages where template = 'asked.you'`);
      return Number(count?.['n']);
    };
    const before = await told();
    for (let nn = 80; nn < 87; nn += 1) await ask(await stranger(nn));
    expect((await told()) - before).toBe(5);
    expect((await liu.get('/api/family')).body.requests.length).toBeGreaterThanOrEqual(7);
  });

  test('no message carries what the asker wrote', async () => {
    const asker = await stranger(62);
    const { draft } = (await asker.post('/api/drafts', { kind: 'family-link' })).body;
    await asker.put(`/api/drafts/${draft.id}/answers`, { answers: saying({ who: liuCard }) });
    for (const me of ['加微信13900001111', '<b>社保局</b>', '点 http://x.cn', '请回电 0731-1'])
      expect((await asker.put(`/api/drafts/${draft.id}/answers`, { answers: saying({ me }) })).body.complaint).toBe(
        'not-a-name',
      );
  });
});

describe('a link', () => {
  test('is nobody else’s to end', async () => {
    const helping = (await (await stage.person(DAUGHTER)).get('/api/family')).body.helping;
    const [{ id }] = helping;
    for (const who of [await stranger(71), await stage.person('13800000012'), stage.house.visit()])
      expect([401, 404]).toContain((await who.post(`/api/links/${id}/end`, { why: 'asked' })).status);
    const [own] = await rows(`select l.id from links l join retirees r on r.id = l.retiree_id
      where r.name = '刘淑兰' and l.relation = 'self'`);
    expect((await (await stage.person(DAUGHTER)).post(`/api/links/${own?.['id']}/end`)).status).toBe(404);
    expect((await liu.post(`/api/links/${own?.['id']}/end`)).status).toBe(404);
  });
});
