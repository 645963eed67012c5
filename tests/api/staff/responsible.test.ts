/** 专人（第二十一条）: a lead names one of the unit's staff, 找人 says the name with the office's phone, and who has nobody shows above. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430102001001';
const STREET = '430102001';
/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
let stage: Stage;
let street: Browser;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  street = await stage.person(STREET_LEAD);
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const read = async (unit: string) => (await street.get(`/api/staff/responsible?unit=${unit}`)).body;
const line = async (name: string) =>
  (await street.get(`/api/staff?unit=${COMMUNITY}&words=${encodeURIComponent(name)}`)).body.people[0];
const help = async () => (await liu.get('/api/me')).body.help;

test('a unit without one shows at the level above', async () => {
  expect(await read(COMMUNITY)).toEqual({ own: null, without: [] });
  const { without } = await read(STREET);
  expect(without.map(({ id }: { id: string }) => id)).toContain(COMMUNITY);
  expect((await help()).responsible).toBeNull();
});

test('named by a lead: it is told and written down, and 找人 says the name with the office’s phone only', async () => {
  const { id } = await line('李娟');
  expect((await (await stage.person(OLD_CLERK)).post(`/api/staff/${id}/responsible`)).status).toBe(404);
  expect((await street.post(`/api/staff/${id}/responsible`)).status).toBe(204);
  expect((await street.post(`/api/staff/${id}/responsible`)).status).toBe(204);
  expect(await line('李娟')).toMatchObject({ responsible: true });
  expect((await read(COMMUNITY)).own).toEqual({ name: '李娟' });
  expect((await read(STREET)).without.map((one: { id: string }) => one.id)).not.toContain(COMMUNITY);
  const unit = stage.ctx.city.units.get(COMMUNITY);
  expect(await help()).toMatchObject({ name: unit?.name, phone: unit?.phone, responsible: '李娟' });
  expect(JSON.stringify((await liu.get('/api/me')).body)).not.toContain(OLD_CLERK);
  const history = (await street.get(`/api/staff/history?unit=${COMMUNITY}`)).body;
  expect(history.map(({ act }: { act: string }) => act)).toEqual(['named-responsible']);
  const { sql } = stage.house.connection;
  expect(await sql`select from messages where template = 'post-responsible'`).toHaveLength(1);
});

test('while they are on leave 找人 names who stands in', async () => {
  const clerk = await stage.person(OLD_CLERK);
  const [own] = (await clerk.get('/api/staff/leaves')).body;
  const [deputy] = own.colleagues;
  const days = { deputy: deputy.id, first: '2026-11-02', last: '2026-11-03' };
  expect((await clerk.put(`/api/staff/leaves/${own.id}`, days)).status).toBe(204);
  expect((await help()).responsible).toBe(deputy.name);
  expect((await clerk.delete(`/api/staff/leaves/${own.id}`)).status).toBe(204);
  expect((await help()).responsible).toBe('李娟');
});

test('suspended or gone, they are it no longer, and the unit shows above again', async () => {
  const { id } = await line('李娟');
  await street.post(`/api/staff/${id}/suspend`, { why: '请假' });
  expect((await read(COMMUNITY)).own).toBeNull();
  expect((await help()).responsible).toBeNull();
  expect((await street.post(`/api/staff/${id}/responsible`)).body.code).toBe('suspended-post');
  await street.post(`/api/staff/${id}/resume`);
  expect((await read(COMMUNITY)).own).toEqual({ name: '李娟' });
  await street.post(`/api/staff/${id}/remove`, { why: '退休' });
  expect((await read(STREET)).without.map((one: { id: string }) => one.id)).toContain(COMMUNITY);
});
