/** A query built once runs wherever it is asked to. */
import { randomUUID } from 'node:crypto';
import { and, DrizzleQueryError, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { prepared } from '../../db/prepared.ts';
import { links } from '../../db/schema/access.ts';
import { residences, retirees } from '../../db/schema/registry.ts';
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

test('what it reads is what Drizzle reads: of joins that find something and that do not, of expressions, of moments', async () => {
  const { db } = house.connection;
  const read = (on: Db) =>
    on
      .select({
        retiree: { id: retirees.id, born: retirees.born, phone: retirees.phone },
        home: { place: residences.place, since: residences.since },
        // Two tables in one group: it is there even if one of them is not.
        both: { name: retirees.name, linkedAt: links.since },
        link: { account: links.accountId, at: links.since, years: sql<number>`1 + 1`.mapWith(Number).as('years') },
        length: sql<string>`length(${retirees.name})::text`,
      })
      .from(retirees)
      .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
      .leftJoin(links, eq(links.retireeId, retirees.id))
      .where(lt(retirees.born, '1950-01-01'))
      .orderBy(retirees.id, links.id);
  const rows = await prepared(read)(db, {});
  expect(rows).toEqual(await read(db));
  expect(rows.some(({ link }) => link === null)).toBe(true);
  expect(rows.some(({ link }) => link?.at instanceof Date && link.years === 2)).toBe(true);
  expect(rows.every(({ both, home }) => both !== null && home !== null)).toBe(true);
});

test('a value that is missing, or that the database refuses, is told as Drizzle tells it', async () => {
  const { db } = house.connection;
  await expect(named(db, {})).rejects.toThrow(/"name"/);
  const byId = prepared((on) =>
    on
      .select()
      .from(retirees)
      .where(eq(retirees.id, sql.placeholder('id'))),
  );
  const refused = await byId(db, { id: 'nobody' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DrizzleQueryError);
  expect(refused).toMatchObject({ cause: { code: '22P02' } });
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
