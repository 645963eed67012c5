/** A query built once runs wherever it is asked to. */
import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepared } from '../../db/prepared.ts';
import { retirees } from '../../db/schema/registry.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

const named = prepared((db) =>
  db
    .select({ id: retirees.id, phone: retirees.phone })
    .from(retirees)
    .where(eq(retirees.name, sql.placeholder('name'))),
);

test('a query first used inside a transaction runs outside it, and inside the next one, and opens what is sealed', async () => {
  const { db } = house.connection;
  const [first] = await db.transaction((tx) => named(tx, { name: '刘淑兰' }));
  expect(first?.phone).toBe('13800000001');
  expect(await named(db, { name: '刘淑兰' })).toEqual([first]);
  await db.transaction(async (tx) => {
    await tx
      .update(retirees)
      .set({ phone: '13800009999' })
      .where(eq(retirees.id, first?.id ?? ''));
    expect((await named(tx, { name: '刘淑兰' }))[0]?.phone).toBe('13800009999');
    expect((await named(db, { name: '刘淑兰' }))[0]?.phone).toBe('13800000001');
  });
});

test('a query that nobody is found by gives no rows', async () => {
  expect(await named(house.connection.db, { name: '查无此人' })).toEqual([]);
});

test('a statement for a page of rows is not kept: pages of other lengths are others, and a long job would gather them', async () => {
  await house.connection.db.transaction(async (tx) => {
    const kept = async () =>
      (await tx.execute(sql`select count(*)::int as kept from pg_prepared_statements`))[0]?.['kept'];
    await kept();
    const before = await kept();
    for (const length of [250, 300]) {
      const ids = Array.from({ length }, () => randomUUID());
      expect(await tx.select({ id: retirees.id }).from(retirees).where(inArray(retirees.id, ids))).toEqual([]);
    }
    expect(await kept()).toBe(before);
  });
});
