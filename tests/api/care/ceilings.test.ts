/** Every ceiling of 第十九条 at, one fen over, and in a race; budgets; what the database refuses, whoever writes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  payPayments,
  releasePayments,
  reservePayments,
  reversePayments,
  type Reservation,
} from '../../../api/care/ledger.ts';
import type { Ctx } from '../../../api/context.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { AppError } from '../../../api/errors.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { budget, COMMUNITY, lineOf, OTHER_COMMUNITY, STREET } from './fund.ts';
import { disagreements } from '../../tools/ledger.ts';

let stage: Stage;
let nextPerson = 0;
let people: string[] = [];

beforeAll(async () => {
  stage = await openStage('2026-10-08 10:00', 'web');
  const plenty = { festival: 100_000, birthday: 100_000, hospital: 100_000, hardship: 100_000, bereavement: 100_000 };
  await budget(await stage.staff(COMMUNITY, 'lead'), COMMUNITY, plenty);
  await budget(await stage.staff(OTHER_COMMUNITY, 'lead'), OTHER_COMMUNITY, plenty);
  const rows = await sql(
    `select id from retirees where died_on is null and extract(year from born) not in (1926, 1936, 1946) order by id`,
  );
  people = rows.map((row) => row['id'] as string);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** Somebody whom nobody was given anything for; with a `born` of their own. */
async function somebody(born?: string, diedOn?: string): Promise<string> {
  nextPerson += 1;
  const id = people[nextPerson] ?? '';
  if (born) await sql(`update retirees set born = '${born}' where id = '${id}'`);
  if (diedOn) await sql(`update retirees set died_on = '${diedOn}' where id = '${id}'`);
  return id;
}

const inTx = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  stage.ctx.db.transaction((db) => work({ ...stage.ctx, db }));
const reserve = (...all: Reservation[]) => inTx((ctx) => reservePayments(ctx, all));
const pay = (id: string, day = '2026-10-08') =>
  inTx((ctx) => payPayments(ctx, [id], { day: day as PlainDate, detailsOf: () => ({}) }));
const release = (id: string) => inTx((ctx) => releasePayments(ctx, [id], null));
const reverse = (id: string) =>
  inTx((ctx) => reversePayments(ctx, [id], { day: '2026-10-08' as PlainDate, reason: '发错了人' }));
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: AppError) => error.code ?? String(error),
  );

const CASE = '018e9570-7c00-7000-8000-00000000ca5e';
const gift = (retireeId: string, change: Partial<Reservation>): Reservation => ({
  retireeId,
  unitId: COMMUNITY,
  year: 2026,
  kind: 'festival',
  ceiling: 'festival',
  period: '2026',
  form: 'money',
  fen: 1,
  ...change,
});

const ceilings: [name: string, fen: number, change: Partial<Reservation>, born?: string | undefined, died?: string][] =
  [
    ['festival', 30_000, {}],
    ['80th birthday', 20_000, { kind: 'birthday', ceiling: 'birthday', period: '80' }, '1946-05-04'],
    ['90th birthday', 30_000, { kind: 'birthday', ceiling: 'birthday', period: '90' }, '1936-02-29'],
    ['100th birthday', 50_000, { kind: 'birthday', ceiling: 'birthday', period: '100' }, '1926-05-04'],
    ['hospital, money', 20_000, { kind: 'hospital', ceiling: 'hospital-money' }],
    ['hospital, goods', 10_000, { kind: 'hospital', ceiling: 'hospital-goods', form: 'goods' }],
    ['hardship', 100_000, { kind: 'hardship', ceiling: 'hardship', period: CASE, caseId: CASE }],
    ['bereavement', 40_000, { kind: 'bereavement', ceiling: 'bereavement', period: 'death' }, undefined, '2026-09-01'],
  ];

describe.each(ceilings)('the ceiling of %s, %i fen,', (_name, fen, change, born, died) => {
  test('can be given to the last fen, and not one fen more', async () => {
    const who = await somebody(born, died);
    expect(await codeOf(reserve(gift(who, { ...change, fen: fen + 1 })))).toBe('over-ceiling');
    expect(await codeOf(reserve(gift(who, { ...change, fen })))).toBe('done');
    expect(await codeOf(reserve(gift(who, { ...change, fen: 1 })))).toMatch(/over-ceiling|given-already/);
  });

  test('holds in a race of eight, and for two communities at once', async () => {
    const who = await somebody(born, died);
    const units = [COMMUNITY, OTHER_COMMUNITY];
    const tries = Array.from({ length: 8 }, (_, at) =>
      codeOf(reserve(gift(who, { ...change, fen, unitId: units[at % 2] ?? '' }))),
    );
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => /over-ceiling|given-already/.test(code))).toHaveLength(7);
  });
});

describe('a ceiling', () => {
  test('says what was given and what is left, and counts money and goods of all festivals together', async () => {
    const who = await somebody();
    await reserve(gift(who, { fen: 18_000 }), gift(who, { fen: 7000, form: 'goods' }));
    const refused = await reserve(gift(who, { fen: 5001 })).catch((error: AppError) => error);
    expect(refused).toMatchObject({ code: 'over-ceiling', params: { limit: '300', used: '250', left: '50' } });
    expect(await codeOf(reserve(gift(who, { fen: 5000 })))).toBe('done');
  });

  test('is the person’s: moving to another community in the same year does not renew it; a new year does', async () => {
    const who = await somebody();
    await pay((await reserve(gift(who, { fen: 30_000 })))[0] ?? '');
    expect(await codeOf(reserve(gift(who, { unitId: OTHER_COMMUNITY })))).toBe('over-ceiling');
    await sql(`insert into budget_entries (unit_id, year, kind, fen, account_id, at)
      values ('${OTHER_COMMUNITY}', 2027, 'festival', 100000, gen_random_uuid(), now())`);
    stage.at('2027-01-04 10:00');
    const next = gift(who, { unitId: OTHER_COMMUNITY, year: 2027, period: '2027', fen: 30_000 });
    expect(await codeOf(reserve(next))).toBe('done');
    stage.at('2026-10-08 10:00');
  });

  test('of goods in hospital stands apart from that of money', async () => {
    const who = await somebody();
    const both = [
      gift(who, { kind: 'hospital', ceiling: 'hospital-money', fen: 20_000 }),
      gift(who, { kind: 'hospital', ceiling: 'hospital-goods', form: 'goods', fen: 10_000 }),
    ];
    expect(await codeOf(reserve(...both))).toBe('done');
  });

  test('is free again after a release and after a reversal, and not after a payment', async () => {
    const who = await somebody('1946-05-04');
    const birthday = gift(who, { kind: 'birthday', ceiling: 'birthday', period: '80', fen: 20_000 });
    const [first = ''] = await reserve(birthday);
    expect(await codeOf(reserve(birthday))).toBe('given-already');
    await release(first);
    const [second = ''] = await reserve(birthday);
    await pay(second);
    expect(await codeOf(reserve(birthday))).toBe('given-already');
    await reverse(second);
    expect(await codeOf(reserve(birthday))).toBe('done');
  });

  test('「终身一次」 is a switch: off, a second event may be helped; on, it may not, and earlier grants count', async () => {
    const who = await somebody();
    const event = (caseId: string) =>
      gift(who, { kind: 'hardship', ceiling: 'hardship', period: caseId, caseId, fen: 100 });
    const cases = [1, 2, 3].map((n) => `018e9570-7c00-7000-8000-00000000000${n}`);
    await reserve(event(cases[0] ?? ''));
    expect(await codeOf(reserve(event(cases[0] ?? '')))).toBe('given-already');
    expect(await codeOf(reserve(event(cases[1] ?? '')))).toBe('done');
    await sql(`update care_ceilings set life_uses = 1 where ceiling = 'hardship'`);
    expect(await codeOf(reserve(event(cases[2] ?? '')))).toBe('given-already');
    await sql(`update care_ceilings set life_uses = null where ceiling = 'hardship'`);
  });
});

describe('a payment', () => {
  test('is for whoever is due: the right age, alive; bereavement for the dead only', async () => {
    const young = await somebody('1950-05-04');
    const birthday = { kind: 'birthday', ceiling: 'birthday', period: '80' } as const;
    expect(await codeOf(reserve(gift(young, birthday)))).toBe('not-due');
    expect(await codeOf(reserve(gift(young, { kind: 'bereavement', ceiling: 'bereavement', period: 'death' })))).toBe(
      'not-due',
    );
    const dead = await somebody(undefined, '2026-09-01');
    expect(await codeOf(reserve(gift(dead, {})))).toBe('not-due');
  });

  test('of an unknown ceiling, in another period, of another kind’s budget or before the rules is refused', async () => {
    const who = await somebody();
    expect(await codeOf(reserve(gift(who, { ceiling: 'picnic' })))).toBe('not-due');
    expect(await codeOf(reserve(gift(who, { period: '2026b' })))).toBe('not-due');
    expect(await codeOf(reserve(gift(who, { kind: 'hospital' })))).toBe('not-due');
    stage.at('2024-03-31 10:00');
    expect(await codeOf(reserve(gift(who, { year: 2024, period: '2024' })))).toBe('not-due');
    stage.at('2026-10-08 10:00');
  });

  test('dated outside the budget year, or in the future, is refused', async () => {
    const [id = ''] = await reserve(gift(await somebody(), {}));
    expect(await codeOf(pay(id, '2026-10-09'))).toBe('paid-in-the-future');
    expect(await codeOf(pay(id, '2025-12-31'))).toBe('outside-year');
    stage.at('2027-01-04 10:00');
    expect(await codeOf(pay(id, '2027-01-04'))).toBe('outside-year');
    expect(await codeOf(pay(id, '2026-12-31'))).toBe('done');
    stage.at('2026-10-08 10:00');
  });

  test('happens once: two who record it at once, or one who pays and one who releases', async () => {
    const [id = ''] = await reserve(gift(await somebody(), {}));
    const codes = await Promise.all([pay(id), pay(id), release(id), release(id)].map(codeOf));
    expect(codes.toSorted()).toEqual(['already-settled', 'already-settled', 'already-settled', 'done']);
    expect(await codeOf(pay('018e9570-7c00-7000-8000-000000000999'))).toBe('nothing-reserved');
    const [open = ''] = await reserve(gift(await somebody(), {}));
    expect(await codeOf(reverse(open))).toBe('nothing-reserved');
  });

  test('over the budget is refused with the figures, and a refusal of one leaves nothing of the others', async () => {
    await budget(await stage.staff(STREET, 'lead'), STREET, { festival: 100 });
    const [a, b] = [await somebody(), await somebody()];
    const refused = await reserve(gift(a, { unitId: STREET, fen: 6000 }), gift(b, { unitId: STREET, fen: 5000 })).catch(
      (error: AppError) => error,
    );
    expect(refused).toMatchObject({
      code: 'over-budget',
      params: { unit: '文艺路街道', kind: '节日慰问', total: '100', left: '100', wanted: '110' },
    });
    expect(await lineOf(stage.house, STREET, 'festival')).toEqual({ total: 100, reserved: 0, spent: 0 });
    expect(await codeOf(reserve(gift(a, { unitId: STREET, fen: 10_000 })))).toBe('done');
    expect(await codeOf(reserve(gift(b, { unitId: STREET, kind: 'birthday' })))).toBe('not-due');
    const none = gift(b, { unitId: STREET, kind: 'hospital', ceiling: 'hospital-money' });
    expect(await codeOf(reserve(none))).toBe('no-budget');
  });
});

describe('the database', () => {
  test('lets nobody change the ledger, nor write allowances and budgets past it', async () => {
    const [id = ''] = await reserve(gift(await somebody(), {}));
    await expect(sql(`update care_payments set fen = fen + 1 where id = '${id}'`)).rejects.toThrow('append-only');
    await expect(sql(`update care_payments set details = null, fen = fen + 1 where id = '${id}'`)).rejects.toThrow(
      'append-only',
    );
    await expect(sql(`delete from care_payments`)).rejects.toThrow('append-only');
    await expect(sql(`truncate care_payments`)).rejects.toThrow('append-only');
    await expect(sql(`update care_allowances set used_fen = 0`)).rejects.toThrow('by its ledger only');
    await expect(sql(`update budget_lines set total_fen = 1000000000`)).rejects.toThrow('by its ledger only');
    await expect(sql(`delete from budget_lines`)).rejects.toThrow('by its ledger only');
    await expect(sql(`delete from budget_entries`)).rejects.toThrow('append-only');
  });

  test('takes whose and how much from the reservation, whatever a later entry says', async () => {
    const who = await somebody();
    const [id = ''] = await reserve(gift(who, { fen: 5000 }));
    await sql(`insert into care_payments (payment_id, entry, retiree_id, unit_id, year, kind, ceiling, period, form, fen, day, at)
      values ('${id}', 'pay', '${people[0]}', '${STREET}', 2026, 'hardship', 'x', 'x', 'money', 900000, '2026-10-08', now())`);
    const [paid] = await sql(`select retiree_id, fen from care_payments where payment_id = '${id}' and entry = 'pay'`);
    expect(paid).toEqual({ retiree_id: who, fen: 5000 });
  });

  test('agrees with its ledger after all this', async () => {
    expect(await disagreements(stage.house.connection)).toEqual([]);
  });
});
