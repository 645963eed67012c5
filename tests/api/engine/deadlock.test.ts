/** A decision and something else of the database's wait for each other: the decision is taken back whole, said kindly, and done when asked again. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
});
afterAll(() => stage.stop());

/** Until somebody waits for this table, or for a row of it. */
async function waitingFor(table: string): Promise<void> {
  await vi.waitFor(async () => {
    const { sql } = stage.house.connection;
    const [waiting] = await sql`
      select from pg_locks l where not l.granted and (l.relation = ${table}::regclass or exists (
        select from pg_locks h where h.pid = l.pid and h.granted and h.relation = ${table}::regclass and l.locktype in ('transactionid', 'tuple')))`;
    expect(waiting).toBeDefined();
  });
}

test('whoever lost is told that the system is busy, nothing is half done, and a second try succeeds', async () => {
  const { sql } = stage.house.connection;
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  const number = await apply(await stage.person(LIU), 'relocation', answers);
  const clerk = await stage.person(RECEIVING_CLERK);
  const approve = () => clerk.post(`/api/cases/${number}/approve`, { version: 1 });

  const [timeline, other] = [await sql.reserve(), await sql.reserve()];
  await timeline`begin`;
  await timeline`lock table case_events in exclusive mode`;
  await other`begin`;
  await other`set local deadlock_timeout = '1h'`;
  await other`lock table messages in exclusive mode`;
  const deciding = approve();
  await waitingFor('case_events');
  // The other one waits for the case first, and never asks why: the decision, which comes to the messages afterwards, must find out.
  const others = other`select from cases where number = ${number} for update`.execute();
  await waitingFor('cases');
  await timeline`rollback`;
  const lost = await deciding;
  await others;
  await other`rollback`;
  timeline.release();
  other.release();

  expect(lost.status).toBe(503);
  expect(lost.body).toMatchObject({ code: 'database-away', title: '系统正忙，您填的没有丢。请过一分钟再点一次。' });
  expect((await clerk.get(`/api/cases/${number}`)).body).toMatchObject({ status: 'open', version: 1 });
  expect((await approve()).body).toMatchObject({ status: 'entering', version: 2 });
});
