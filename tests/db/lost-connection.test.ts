/** The server ends a connection in the middle of a transaction: nothing of it stays, nothing of it comes later, and the pool goes on. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type Connection, type Db } from '../../db/connect.ts';
import { emptyDatabase } from './backup/tools.ts';

let one: Connection;
let other: Connection;
beforeAll(async () => {
  const url = await emptyDatabase();
  one = connect(url, { max: 1 });
  other = connect(url, { max: 1 });
  await other.sql`create table marks (n int)`;
});
afterAll(() => Promise.all([one.close(), other.close()]));
beforeEach(() => other.sql`truncate marks`);

const pidOf = async (db: Db) => Number((await db.execute(sql`select pg_backend_pid() as pid`))[0]?.['pid']);
const end = (pid: number) => other.sql`select pg_terminate_backend(${pid})`;
const marks = async () => (await other.sql`select n from marks order by n`).map((row) => row['n'] as number);
const mark = (db: Db, n: number) => db.execute(sql`insert into marks values (${n})`);

test('while it waits for an answer: the transaction fails, the process lives, the next one is served', async () => {
  const failing = one.db.transaction(async (tx) => {
    const pid = await pidOf(tx);
    await mark(tx, 1);
    await Promise.all([tx.execute(sql`select pg_sleep(30)`), end(pid)]);
  });
  await expect(failing).rejects.toThrow(/Failed query|CONNECTION|terminating/);
  await mark(one.db, 2);
  expect(await marks()).toEqual([2]);
});

test('while it thinks: what it would write afterwards is refused, also when the connection serves somebody else by then', async () => {
  let goOn = (): void => undefined;
  const thinking = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let late: Promise<unknown> = Promise.resolve();
  const failing = one.db.transaction(async (tx) => {
    const pid = await pidOf(tx);
    await mark(tx, 1);
    await end(pid);
    await thinking;
    late = mark(tx, 3);
    await late;
  });
  await expect(failing).rejects.toThrow(/Failed query|CONNECTION|terminating/);
  await mark(one.db, 2);
  goOn();
  await expect
    .poll(() =>
      late.then(
        () => 'written',
        () => 'refused',
      ),
    )
    .toBe('refused');
  expect(await marks()).toEqual([2]);
});
