/** The data key is rotated while the product runs; a rotation that was stopped goes on; nothing is lost or left behind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { sealedPlaces } from '../../db/columns.ts';
import { rotateKey } from '../../db/rotate.ts';
import { sealBytes } from '../../db/vault.ts';
import { readKeys } from '../../db/vault-keys.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { budget, STREET } from '../api/care/fund.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';

/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
const secret = readConfig({}).SECRET_KEY;
let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

const quietly = { secret, heard: async () => {}, report: () => {} };

/** Which keys sealed what is in a column. */
async function keysIn(place: string): Promise<number[]> {
  const { sql } = house.connection;
  const [table = '', column = ''] = place.split('.');
  const rows =
    await sql`select distinct get_byte(${sql(column)}, 0) as key from ${sql(table)} where ${sql(column)} is not null`;
  return rows.map((row) => row['key'] as number);
}

const allKeys = () => Promise.all([...sealedPlaces].map(async (place) => ({ place, keys: await keysIn(place) })));

/** A payment with its signature stands in a ledger of which nobody may change a figure. */
async function givenAndSignedFor(): Promise<void> {
  const lead = await house.signIn(STREET_LEAD);
  await budget(lead, STREET, { festival: 300 });
  const [who] = await house.connection.sql`select id, born from retirees where born < '1940-01-01' limit 1`;
  const details = sealBytes(Buffer.from('{"receiver":"刘小兰"}'), 'care_payments.details');
  await house.connection.sql`insert into care_payments
      (payment_id, entry, retiree_id, unit_id, year, kind, ceiling, period, form, fen, day, details, at)
    values (gen_random_uuid(), 'reserve', ${String(who?.['id'])}, ${STREET}, 2026, 'festival', 'festival', '2026', 'money', 100, '2026-10-08', ${details}, now())`;
}

test('everything is sealed anew, and what was sealed can still be read', async () => {
  const liu = await house.signIn(LIU);
  const { draft } = (await liu.post('/api/drafts', { kind: 'relocation', answers: { to: { value: 'abroad' } } })).body;
  await givenAndSignedFor();
  expect(await rotateKey(house.connection.sql, quietly)).toBeGreaterThan(4000);
  expect((await allKeys()).filter(({ keys }) => keys.includes(0))).toEqual([]);
  expect((await liu.get(`/api/drafts/${draft.id}`)).body.answers[0].shown).toBe('国外或港澳台');
  const found = await (await house.signIn(OLD_CLERK)).post('/api/retirees/search', { words: 'liushulan' });
  expect(found.body).toMatchObject([{ address: '纺织厂宿舍3栋2单元401' }]);
});

test('a rotation that was stopped goes on with the same key', async () => {
  const { sql } = house.connection;
  const before = (await readKeys(sql, secret))?.data.length ?? 0;
  const stopped = rotateKey(sql, {
    ...quietly,
    report: (place) => {
      if (place === 'retirees.id_number') throw new Error('stopped');
    },
  });
  await expect(stopped).rejects.toThrow('stopped');
  await rotateKey(sql, quietly);
  const keys = await readKeys(sql, secret);
  expect(keys?.data.length).toBe(before + 1);
  expect((await allKeys()).filter((place) => place.keys.some((key) => key !== keys?.current))).toEqual([]);
});
