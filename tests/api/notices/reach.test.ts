/** Whom a notice reached, whom it did not, and that those who chose so are told in their chat: once, by day, from where it stopped. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverDue } from '../../../api/delivery/deliver.ts';
import { walkNotices } from '../../../api/notices/walk.ts';
import type { Browser } from '../../tools/browser.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { act, COMMUNITY, everyone, publish, STREET, versionOf, written } from './press.ts';

let stage: Stage;
let clerk: Browser;
let lead: Browser;
let street: Browser;
let liu: Browser;
let liuId: string;
beforeAll(async () => {
  stage = await openStage('2026-11-10 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  lead = await stage.staff(COMMUNITY, 'lead');
  street = await stage.staff(STREET, 'lead');
  liu = await stage.person(LIU);
  liuId = (await liu.get('/api/me')).body.people[0].id;
  await inChat(LIU, '7001');
  await liu.put('/api/me/consents/chat-news', { agreed: true });
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);

/** Gives the account of a phone number a chat. */
async function inChat(phone: string, chat: string): Promise<void> {
  const ctx = { ...stage.ctx, locale: 'zh-CN' as const };
  const { keyOf, findAccount } = await import('../../../api/access/accounts.ts');
  const { logins } = await import('../../../db/schema/access.ts');
  const accountId = (await findAccount(ctx, 'phone', phone)) ?? '';
  await ctx.db.insert(logins).values({ accountId, kind: 'telegram', key: keyOf('telegram', chat), address: chat });
}

/** Sends what is due; what left, by template. */
async function deliver() {
  const sent: { address: string; template: string; text: string }[] = [];
  const sms: string[] = [];
  await deliverDue({
    db: stage.ctx.db,
    clock: stage.ctx.clock,
    roomGone: async () => {},
    channel: {
      send: async (address, { template, text }) => {
        sent.push({ address, template, text });
        return { is: 'sent', id: '1' };
      },
      edit: async () => ({ is: 'sent', id: '1' }),
    },
    sms: { send: async (_to, text) => void sms.push(text) },
    words: () => stage.ctx.city,
  });
  return { news: sent.filter(({ template }) => template.startsWith('news.')), sms };
}
const newsRows = () => sql(`select state, once_key, template from messages where template like 'news.%' order by id`);

describe('told in chat', () => {
  test('those who chose so, once, whoever walks; nobody else has a row', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '冬天用气安全' });
    await Promise.all([walkNotices(stage.ctx), walkNotices(stage.ctx)]);
    await walkNotices(stage.ctx);
    expect((await newsRows()).map((row) => row['template'])).toEqual(['news.published']);
    const { news, sms } = await deliver();
    expect(news).toMatchObject([{ address: '7001', text: expect.stringContaining('冬天用气安全') }]);
    expect(sms).toEqual([]);
    const [row] = await sql(`select done_at from notice_walks where notice_id = '${id}'`);
    expect(row?.['done_at']).not.toBeNull();
    const [read] = await sql(`select count(*)::int as n from notice_reads`);
    expect(read?.['n']).toBe(0);
  });

  test('not between nine in the evening and eight in the morning, neither written nor sent', async () => {
    await publish(clerk, lead, COMMUNITY, { title: '晚上发的' });
    stage.at('2026-11-10 20:59');
    await walkNotices(stage.ctx);
    stage.at('2026-11-10 21:00');
    expect((await deliver()).news).toEqual([]);
    await publish(clerk, lead, COMMUNITY, { title: '半夜发的' });
    expect(await walkNotices(stage.ctx)).toBe(0);
    stage.at('2026-11-11 07:59');
    expect((await deliver()).news).toEqual([]);
    stage.at('2026-11-11 08:00');
    await walkNotices(stage.ctx);
    const texts = (await deliver()).news.map(({ text }) => text).join();
    expect(texts).toContain('晚上发的');
    expect(texts).toContain('半夜发的');
    stage.at('2026-11-11 10:00');
  });

  test('nobody by text message, nobody after withdrawing the consent, nobody of a notice that was withdrawn', async () => {
    await liu.put('/api/me/consents/chat-news', { agreed: false });
    const before = (await newsRows()).length;
    await publish(clerk, lead, COMMUNITY, { title: '没有同意' });
    await walkNotices(stage.ctx);
    expect((await newsRows()).length).toBe(before);
    await liu.put('/api/me/consents/chat-news', { agreed: true });
    const id = await publish(clerk, lead, COMMUNITY, { title: '撤回了' });
    await act(lead, id, 'withdraw', { why: '写错了' });
    await walkNotices(stage.ctx);
    expect((await newsRows()).length).toBe(before);
    await publish(clerk, lead, COMMUNITY, { title: '没有聊天' });
    await walkNotices(stage.ctx);
    await sql(`update logins set blocked_at = now() where kind = 'telegram'`);
    expect(await deliver()).toEqual({ news: [], sms: [] });
    await sql(`update logins set blocked_at = null where kind = 'telegram'`);
  });

  test('the readers of an older version, of what has changed; the others are not told twice', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '改了日期' });
    await walkNotices(stage.ctx);
    await liu.post(`/api/notices/${id}/read`);
    await act(clerk, id, 'correct');
    const version = await versionOf(clerk, id);
    await clerk.put(`/api/staff/notices/${id}`, { ...written, title: '改了日期', change: '改到周五', version });
    await act(clerk, id, 'submit');
    await act(lead, id, 'approve');
    await deliver();
    await walkNotices(stage.ctx);
    expect((await deliver()).news).toMatchObject([
      { template: 'news.corrected', text: expect.stringContaining('改到周五') },
    ]);
    expect((await liu.get('/api/messages')).body[0].text).toContain('改到周五');
  });

  test('a walk that stopped after a page goes on behind it', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '停过' });
    const [first] = await sql(`select retiree_id from care where unit_id = '${COMMUNITY}' and until is null
      order by retiree_id limit 1`);
    await sql(`update notice_walks set after_unit = '${COMMUNITY}', after_retiree = '${first?.['retiree_id']}'
      where notice_id = '${id}'`);
    await walkNotices(stage.ctx);
    const [all] = await sql(`select count(*)::int as n from care c join retirees r on r.id = c.retiree_id
      where c.unit_id = '${COMMUNITY}' and c.until is null and r.died_on is null`);
    const [counted] = await sql(`select people from notice_audience where notice_id = '${id}'`);
    expect(counted?.['people']).toBe((all?.['n'] as number) - 1);
  });
});

describe('reach', () => {
  test('counts everybody once, unit by unit; those above see it, those elsewhere do not', async () => {
    const id = await publish(clerk, street, COMMUNITY, { title: '送到了吗' });
    const read = (who: Browser, unit: string) => who.get(`/api/staff/notices/${id}/reach?unit=${unit}`);
    expect((await read(clerk, COMMUNITY)).body).toMatchObject({ counted: false, people: 0, reached: 0 });
    await walkNotices(stage.ctx);
    await Promise.all([1, 2, 3].map(() => liu.post(`/api/notices/${id}/read`)));
    const { body } = await read(clerk, COMMUNITY);
    expect(body).toMatchObject({ counted: true, reached: 1, unit: { id: COMMUNITY } });
    expect(body.people).toBeGreaterThan(10);
    expect((await read(street, COMMUNITY)).body).toEqual(body);
    expect((await read(await stage.person(RECEIVING_CLERK), COMMUNITY)).status).toBe(404);
    expect((await read(liu, COMMUNITY)).status).toBe(404);
    // Of a unit that it did not go out to there is nothing to know.
    expect((await read(street, STREET)).status).toBe(404);
  });

  test('lists whom to tell in person, page by page, without those who read it and without the dead', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '当面告诉' });
    await liu.post(`/api/notices/${id}/read`);
    const page = async (after?: string) =>
      (await clerk.post(`/api/staff/notices/${id}/untold`, { unit: COMMUNITY, ...(after && { after }) })).body;
    const first = await page();
    const all = [...first.people, ...(first.next ? (await page(first.next)).people : [])];
    expect(all.map((one) => one.id)).not.toContain(liuId);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(all.every((one) => one.account === false || one.account === true)).toBe(true);
    const [dead] = await sql(`update retirees set died_on = '2026-11-01' where id = '${all[0].id}' returning id`);
    expect((await page()).people.map((one: { id: string }) => one.id)).not.toContain(dead?.['id']);
    await sql(`update retirees set died_on = null where id = '${all[0].id}'`);
    expect((await liu.post(`/api/staff/notices/${id}/untold`, { unit: COMMUNITY })).status).toBe(404);
  });

  test('by flag, the list is for those who may read the flags, each reading is recorded, and no figures are made of them', async () => {
    await clerk.put(`/api/care/retirees/${liuId}/flags`, { flags: ['housebound'], version: 0 });
    const district = await stage.staff('430102', 'lead');
    const audience = { ...everyone, flags: ['housebound'] };
    const id = await publish(street, district, STREET, { title: '上门', audience });
    await walkNotices(stage.ctx);
    const list = (who: Browser, unit: string) => who.post(`/api/staff/notices/${id}/untold`, { unit });
    const readings = async () =>
      (await sql(`select account_id from care_flag_readings where retiree_id = '${liuId}'`)).length;
    const before = await readings();
    expect((await list(clerk, COMMUNITY)).body.people.map((one: { id: string }) => one.id)).toEqual([liuId]);
    expect(await readings()).toBe(before + 1);
    expect((await list(street, COMMUNITY)).status).toBe(200);
    expect((await list(district, COMMUNITY)).status).toBe(404);
    const reachOf = (who: Browser, unit: string) => who.get(`/api/staff/notices/${id}/reach?unit=${unit}`);
    expect((await reachOf(district, STREET)).body).toMatchObject({ byFlags: true, below: [], people: 1 });
    expect((await reachOf(district, COMMUNITY)).status).toBe(404);
    expect((await reachOf(clerk, COMMUNITY)).body.people).toBe(1);
  });
});
