// Links from a chat: one question answered on a page, and a browser signed in once the chat says 「是我」.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tickets } from '../../db/schema/access.ts';
import { LIU, newHome } from '../tools/story.ts';
import { openPages, type Pages } from './phone.ts';

const chat = { kind: 'telegram', id: '430001', name: '刘淑兰', language: 'zh' } as const;

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(async () => {
  await pages.stop();
});

/** What the bot does: calls in process, as the chat. */
async function fromChat(path: string, body: object = {}): Promise<{ token: string }> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const answer = await pages.house.app.request(path, init, { inner: { chat } });
  return (await answer.json()) as { token: string };
}

test('a question link is used up by a tap, answers its one question, and signs nobody in', async () => {
  const liu = await pages.house.signIn(LIU);
  const begun = await liu.post('/api/drafts', { kind: 'relocation', answers: { to: { value: 'city' } } });
  const { id } = begun.body.draft;
  const { token } = (await liu.post(`/api/drafts/${id}/links/home`)).body;

  const phone = await pages.phone();
  await phone.page.goto(`/q#${token}`);
  await phone.sees('请在这里填一题');
  expect(await phone.flaws()).toEqual([]);
  await phone.press('打开');
  await phone.sees('现在住在哪里？');
  await phone.page.getByText('为刘淑兰办').waitFor();
  await phone.write('住在哪个社区', '梓园');
  await phone.press(/^梓园社区/);
  await phone.press('继续');
  await phone.page.getByRole('link', { name: /还差小区或楼栋/ }).waitFor();
  expect(await phone.page.title()).toMatch(/^错误：/);
  await phone.write('几栋', newHome.building);
  await phone.write('房号', newHome.room);
  await phone.press('继续');
  await phone.sees('已经存好');
  expect((await liu.get(`/api/drafts/${id}`)).body.next.key).toBe('since');

  await phone.page.goto('/c');
  await phone.sees('登录');
  await phone.page.goto(`/q#${token}`);
  await phone.press('打开');
  await phone.page.getByText('这个链接已经用过，或者过期了。请回到聊天里再要一个。').waitFor();
  await phone.close();
});

test('a sign-in link opens the pages once the chat has confirmed it', async () => {
  await fromChat('/api/chat/contact', { phone: LIU, own: true });
  const { token } = await fromChat('/api/sign-in/link');
  const phone = await pages.phone();
  await phone.page.goto(`/in#${token}`);
  await phone.press('打开');
  await phone.sees('请回到聊天里点“是我”');
  expect(await phone.flaws()).toEqual([]);
  const asked = eq(tickets.kind, 'sign-in');
  const [ticket] = await pages.house.connection.db.select({ id: tickets.id }).from(tickets).where(asked);
  await fromChat('/api/chat/confirm-sign-in', { ticket: ticket?.id, yes: true });
  await phone.sees('您要办什么事？');
  await phone.page.getByText('刘淑兰').first().waitFor();
  await phone.close();
});
