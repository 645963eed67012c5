/** The main job, told through the HTTP API: a retiree moves, the community that now serves her decides. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, LIU, RECEIVING_CLERK, OLD_CLERK, newHome } from '../../tools/story.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

test('a retiree moves from 识字里社区, the receiving clerk approves and enters it, and everything is right', async () => {
  const liu = await house.signIn(LIU);
  const number = await apply(liu, 'relocation', {
    to: 'city',
    home: newHome,
    since: '2026-11-01',
    reason: 'withChildren',
    proof: null,
    handOver: true,
  });

  const clerk = await house.signIn(RECEIVING_CLERK);
  const waiting = await clerk.get('/api/pending');
  expect(waiting.body.cases.map((one: { number: string }) => one.number)).toEqual([number]);

  const card = (await clerk.get(`/api/cases/${number}`)).body;
  expect(card.before.map((one: { shown: string }) => one.shown)).toEqual([
    '芙蓉区 文艺路街道 识字里社区',
    '识字里社区 纺织厂宿舍3栋2单元401',
  ]);
  expect((await clerk.post(`/api/cases/${number}/approve`, { version: card.version })).body.status).toBe('entering');
  expect((await liu.get(`/api/cases/${number}`)).body.state).toBe('梓园社区已同意，正在登记');
  const entering = (await clerk.get(`/api/cases/${number}`)).body;
  expect(entering.copy.map((field: { label: string }) => field.label)).toEqual([
    '姓名',
    '所在社区',
    '居住地详细信息',
    '居住起始日期',
  ]);
  expect((await clerk.post(`/api/cases/${number}/approve`, { version: entering.version })).body.status).toBe(
    'approved',
  );

  const me = (await liu.get('/api/me')).body;
  expect(me.people[0].community.name).toBe('梓园社区');
  const told = (await liu.get('/api/messages')).body.map((notice: { text: string }) => notice.text);
  expect(told).toHaveLength(3);
  const left = (await (await house.signIn(OLD_CLERK)).get('/api/messages')).body;
  expect(left[0].text).toContain('刘淑兰已搬走，现在由梓园社区服务');

  const done = (await liu.get(`/api/cases/${number}`)).body;
  expect(done.timeline.map((event: { what: string }) => event.what)).toEqual(['提交了申请', '同意', '已录入基层平台']);
  const rows = await house.connection.sql`
    select community_id, until is null as now from residences where retiree_id = ${me.people[0].id} order by since`;
  expect(rows.map((row) => [row['community_id'], row['now']])).toEqual([
    ['430102001001', false],
    ['430111001001', true],
  ]);
});
