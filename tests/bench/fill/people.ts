/** Rows of retirees: the person, care, home, and the keys under which a clerk finds them. */
import type postgres from 'postgres';
import { careRow, residenceRow, retireeRow } from '../../../api/registry/import/retiree-rows.ts';
import { lastFourKey } from '../../../db/last-four.ts';
import { nameKeys } from '../../../api/values/name-keys.ts';
import { care, residences, retirees, searchKeys } from '../../../db/schema/registry.ts';
import { copyRows } from './copy.ts';
import type { Somebody } from './crowd.ts';

/** Writes a page of people. */
export async function copyPeople(sql: postgres.TransactionSql, people: readonly Somebody[]): Promise<void> {
  await copyRows(
    sql,
    retirees,
    people.map(({ id, facts }) => ({ id, ...retireeRow(facts) })),
  );
  await copyRows(
    sql,
    care,
    people.map(({ id, facts }) => careRow(id, facts)),
  );
  await copyRows(
    sql,
    residences,
    people.map(({ id, facts }) => residenceRow(id, facts)),
  );
  await copyRows(sql, searchKeys, people.flatMap(keyRows));
}

/** As `searchKeyRows`, but each name and each number's end is worked out once: a million people share few of them. */
function keyRows({ id, communityId, name, facts }: Somebody): (typeof searchKeys.$inferInsert)[] {
  const ends = [facts.idNumber, facts.phone].filter((number) => number !== null).map((number) => number.slice(-4));
  const keys = new Set([...keysOf(name), ...ends.map(endKey)]);
  return [...keys].map((key) => ({ unitId: communityId, key, retireeId: id }));
}

const keysOf = remember(nameKeys);
const endKey = remember(lastFourKey);

function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? work(text);
    known.set(text, found);
    return found;
  };
}
