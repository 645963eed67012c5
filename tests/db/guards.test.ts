/** What the database itself holds, whoever writes: one care at a time, one case alive, seals that open only in their place. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU } from '../tools/story.ts';

let house: HouseUnderTest;
let retiree: string;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  const liu = await house.signIn(LIU);
  retiree = (await liu.get('/api/me')).body.people[0].id;
  await apply(liu, 'call-back', { phone: LIU });
});
afterAll(() => house.stop());

const sql = (query: string) => house.connection.sql.unsafe(query);
const copyOf = (table: string, changes: Record<string, string>, where: string) => {
  const json = JSON.stringify(changes).replaceAll("'", "''");
  return sql(
    `insert into ${table} select (jsonb_populate_record(t, '${json}'::jsonb)).* from ${table} t where ${where} limit 1`,
  );
};
const fresh = () => {
  const hex = randomBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

describe('the database refuses', () => {
  test('a second care of one person at one time, and one that ends before it began', async () => {
    await expect(copyOf('care', { id: fresh() }, `retiree_id = '${retiree}'`)).rejects.toThrow('care_one_now');
    await expect(sql(`update care set until = since - 1 where retiree_id = '${retiree}'`)).rejects.toThrow(
      'care_in_order',
    );
  });

  test('a second home at one time', async () => {
    await expect(copyOf('residences', { id: fresh() }, `retiree_id = '${retiree}'`)).rejects.toThrow(
      'residences_one_now',
    );
  });

  test('the same identity number twice', async () => {
    await expect(copyOf('retirees', { id: fresh() }, `id = '${retiree}'`)).rejects.toThrow('retirees_id_number');
  });

  test('a second case alive of a kind for one person, the same number or draft twice, and a sixth star', async () => {
    const where = `kind = 'call-back'`;
    const other = { id: fresh(), number: '999999999' };
    await expect(copyOf('cases', { ...other, draft_id: fresh() }, where)).rejects.toThrow('cases_one');
    await expect(copyOf('cases', { id: fresh(), draft_id: fresh(), one_key: fresh() }, where)).rejects.toThrow(
      'cases_number',
    );
    await expect(copyOf('cases', { ...other, one_key: fresh() }, where)).rejects.toThrow('cases_draft');
    await expect(sql(`update cases set stars = 6`)).rejects.toThrow('cases_stars');
  });

  test('a draft of nobody, and one of an account and a guest both', async () => {
    await expect(sql(`update drafts set account_id = null`)).rejects.toThrow('drafts_owner');
    await expect(sql(`update drafts set guest_hash = '\\x00'`)).rejects.toThrow('drafts_owner');
  });

  test('a change of what happened', async () => {
    await expect(sql(`update case_events set at = now()`)).rejects.toThrow('append-only');
  });
});

describe('what is personal', () => {
  test('stands sealed in every personal column', async () => {
    const [row] = await sql(`select row_to_json(r)::text as words from retirees r where id = '${retiree}'`);
    expect(row?.['words']).not.toContain(LIU);
    for (const table of [
      'drafts',
      'case_answers',
      'event_payloads',
      'logins',
      'codes',
      'attempts',
      'messages',
      'sessions',
    ]) {
      const rows = await sql(`select row_to_json(t)::text as words from ${table} t`);
      expect(rows.map((one) => one['words']).join('')).not.toContain(LIU);
    }
  });

  test('does not open in another place: a phone moved into the identity number is refused', async () => {
    const { db } = house.connection;
    await sql(`update retirees set id_number = phone where id = '${retiree}'`);
    await expect(db.query.retirees.findFirst({ where: (t, { eq }) => eq(t.id, retiree) })).rejects.toThrow(
      'authenticate',
    );
  });
});
