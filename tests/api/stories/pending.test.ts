/** What waits for staff: how much in each view, whose it is, and handing it from one clerk to another. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';

const PLACE = '430111001001';
const DISTRICT_LEAD = '13800000032';

let house: HouseUnderTest;
let number: string;
beforeAll(async () => {
  house = await openTestHouse();
  number = await apply(await house.signIn(LIU), 'relocation', {
    to: 'city',
    home: newHome,
    since: '2026-11-01',
    reason: 'other',
    proof: null,
    handOver: true,
  });
});
afterAll(() => house.stop());

test('each view is counted as its reader sees it', async () => {
  const clerk = await house.signIn(RECEIVING_CLERK);
  const counts = async () => (await clerk.get('/api/pending/counts')).body;
  expect(await counts()).toEqual({ mine: 0, nobodys: 1, unit: 1, below: 1, overdue: 0 });
  await clerk.post(`/api/cases/${number}/claim`);
  expect(await counts()).toEqual({ mine: 1, nobodys: 0, unit: 1, below: 1, overdue: 0 });
  const district = await house.signIn(DISTRICT_LEAD);
  expect((await district.get('/api/pending/counts')).body).toMatchObject({ unit: 0, below: 1 });
  const [line] = (await district.get('/api/pending?view=below')).body.cases;
  expect(line.claimedBy).toEqual({ name: '张伟', me: false, deputy: null });
  expect((await (await house.signIn(LIU)).get('/api/pending/counts')).status).toBe(403);
});

test('a case is assigned to a colleague, whose name the timeline shows', async () => {
  const clerk = await house.signIn(RECEIVING_CLERK);
  const found = (await clerk.get(`/api/colleagues?unit=${PLACE}`)).body as { id: string; name: string; me: boolean }[];
  expect(found.find((one) => one.me)?.name).toBe('张伟');
  const other = found.find((one) => !one.me);
  const { status } = await clerk.post(`/api/cases/${number}/assign`, { answers: { to: { value: other?.id } } });
  expect(status).toBe(200);
  const card = (await clerk.get(`/api/cases/${number}`)).body;
  expect(card.claimedBy.name).toBe(other?.name);
  expect(card.timeline.at(-1).said).toEqual([{ question: '分派给谁？', shown: other?.name }]);
});

test('only those who work at a unit see who works there', async () => {
  const other = await house.signIn(OLD_CLERK);
  expect((await other.get(`/api/colleagues?unit=${PLACE}`)).status).toBe(403);
  expect((await house.visit().get(`/api/colleagues?unit=${PLACE}`)).status).toBe(401);
});
