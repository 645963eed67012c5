/** More at once than there are connections: everything is done, each transaction on a connection of its own. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';

let house: HouseUnderTest;
let pool: Connection;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  const { host, port, database, user, pass } = house.connection.sql.options;
  pool = connect(`postgres://${user}:${pass ?? ''}@${String(host[0])}:${String(port[0])}/${database}`, { max: 3 });
  await pool.sql`create table tallies (n int not null)`;
});
afterAll(async () => {
  await pool.close();
  await house.stop();
});

const tallies = async () => (await pool.sql`select count(*)::int as n from tallies`)[0]?.['n'];
/** As long as a query of ours may be: some kilobytes lie in a socket at once. */
const long = 'x'.repeat(3000);
const query = () => pool.db.execute(sql`select length(${long}::text) as n`);

test('two thousand who look and then write are all served; what is rolled back takes nothing along', async () => {
  const done = await Promise.allSettled(
    Array.from({ length: 2000 }, async (_, n) => {
      await query();
      await pool.db.transaction(async (tx) => {
        await tx.execute(sql`insert into tallies values (${n})`);
        if (n % 2 === 1) throw new Error('rolled back');
      });
    }),
  );
  const reasons = done.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
  expect(new Set(reasons)).toEqual(new Set(['rolled back']));
  expect(await tallies()).toBe(1000);
});

test('a turn that fails is given on, and one inside another goes on', async () => {
  const wrong = Array.from({ length: 20 }, () => pool.db.execute(sql`select 1 / 0`));
  expect((await Promise.allSettled(wrong)).every(({ status }) => status === 'rejected')).toBe(true);
  await pool.db.transaction(async (tx) => {
    await tx
      .transaction(async (inner) => {
        await inner.execute(sql`insert into tallies values (-1)`);
        throw new Error('only this');
      })
      .catch(() => undefined);
    await tx.execute(sql`insert into tallies values (-2)`);
  });
  expect(await pool.sql`select n from tallies where n < 0`).toMatchObject([{ n: -2 }]);
});
