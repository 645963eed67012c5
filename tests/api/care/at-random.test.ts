/** Ten thousand random sequences of reserve, pay, reverse, cancel and race over eight connections: no ceiling and no budget is passed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  payPayments,
  releasePayments,
  reservePayments,
  reversePayments,
  type Reservation,
} from '../../../api/care/ledger.ts';
import type { Ctx } from '../../../api/context.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { AppError } from '../../../api/errors.ts';
import { chanceFrom, type Chance } from '../../../db/seed/demo/prng.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { budget, COMMUNITY, OTHER_COMMUNITY, STREET } from './fund.ts';
import { disagreements } from '../../tools/ledger.ts';

const SEQUENCES = 10_000;
const CONNECTIONS = 8;
/** Sequences between two looks at the whole ledger. */
const LOOK_EVERY = 500;
const PEOPLE = 400;
const DAY = '2026-10-08' as PlainDate;
const DETAILS = { detailsOf: () => ({ handlers: ['甲', '乙'] }) };

let stage: Stage;
let people: string[];
beforeAll(async () => {
  stage = await openStage('2026-10-08 10:00', 'web');
  // Enough for most of what is wanted, not for all of it.
  const units = [STREET, COMMUNITY, OTHER_COMMUNITY];
  for (const unit of units)
    await budget(await stage.staff(unit, 'lead'), unit, {
      festival: 14_000,
      hospital: 8000,
      hardship: 90_000,
      birthday: 9000,
    });
  const rows = await stage.house.connection.sql<{ id: string }[]>`select id from retirees order by id limit ${PEOPLE}`;
  people = rows.map(({ id }) => id);
  await stage.house.connection
    .sql`update retirees set born = '1946-05-04' where id = any(${people.slice(0, PEOPLE / 2)})`;
});
afterAll(() => stage.stop());

const kinds = ['festival', 'festival', 'hospital-money', 'hospital-goods', 'birthday', 'hardship'] as const;
const kindOf = { 'hospital-money': 'hospital', 'hospital-goods': 'hospital' } as const;

/** What somebody wants to give: often within reason, sometimes far too much. */
function wish(chance: Chance, at: number): Reservation {
  const ceiling = chance.pick(kinds);
  const caseId = `018e9570-7c00-7000-8000-${String(at % 3000).padStart(12, '0')}`;
  const period = { birthday: '80', hardship: caseId } as Partial<Record<string, string>>;
  return {
    retireeId: chance.pick(people),
    unitId: chance.pick([STREET, COMMUNITY, OTHER_COMMUNITY]),
    year: 2026,
    kind: kindOf[ceiling as keyof typeof kindOf] ?? (ceiling as 'festival'),
    ceiling,
    period: period[ceiling] ?? '2026',
    form: ceiling === 'hospital-goods' ? 'goods' : 'money',
    fen: chance.happens(0.1) ? chance.between(1, 150_000) : chance.between(1, 200) * 100,
    ...(ceiling === 'hardship' && { caseId }),
  };
}

const expected = new Set([
  'over-ceiling',
  'given-already',
  'over-budget',
  'already-settled',
  'nothing-reserved',
  'not-due',
]);

test(`${SEQUENCES} sequences`, { timeout: 120_000 }, async () => {
  const tally: Record<string, number> = {};
  const count = (what: string) => (tally[what] = (tally[what] ?? 0) + 1);
  const attempt = async <T>(what: string, work: (ctx: Ctx) => Promise<T>): Promise<T | null> => {
    try {
      const done = await stage.ctx.db.transaction((db) => work({ ...stage.ctx, db }));
      count(what);
      return done;
    } catch (error) {
      // Anything else is a hole: a deadlock, a broken connection, a rule without words.
      if (!(error instanceof AppError) || !expected.has(error.code)) throw error;
      count(error.code);
      return null;
    }
  };
  const pay = (id: string) => attempt('pay', (ctx) => payPayments(ctx, [id], { day: DAY, ...DETAILS }));
  const cancel = (id: string) => attempt('cancel', (ctx) => releasePayments(ctx, [id], null));
  const reverse = (id: string) => attempt('reverse', (ctx) => reversePayments(ctx, [id], { day: DAY, reason: '退回' }));

  /** One sequence: something is reserved, for one person or several at once, and then whatever may happen to it. */
  async function sequence(chance: Chance, at: number): Promise<void> {
    const wishes = Array.from({ length: chance.happens(0.1) ? 4 : 1 }, () => wish(chance, at));
    const reserved = await attempt('reserve', (ctx) => reservePayments(ctx, wishes));
    const id = reserved?.[0];
    if (!id) return;
    switch (chance.between(0, 5)) {
      case 0:
        await cancel(id);
        break;
      case 1:
        await pay(id);
        break;
      case 2:
        await pay(id);
        await reverse(id);
        break;
      case 3:
        await Promise.all([pay(id), cancel(id)]);
        break;
      case 4:
        await Promise.all([pay(id), pay(id), reverse(id)]);
        break;
    }
  }

  let next = 0;
  const worker = async (seed: number) => {
    const chance = chanceFrom(seed);
    while (next < SEQUENCES) {
      next += 1;
      const at = next;
      await sequence(chance, at);
      // Every moment that is committed must hold, while the others go on.
      if (at % LOOK_EVERY === 0) expect(await disagreements(stage.house.connection)).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, seed) => worker(seed + 1)));

  expect(await disagreements(stage.house.connection)).toEqual([]);
  const over = await stage.house.connection.sql`
    select * from care_allowances where used_fen > limit_fen or used_fen < 0 or uses > max_uses or uses < 0`;
  expect([...over]).toEqual([]);
  // It was tried in earnest: everything happened, and every refusal was met.
  const rare = ['reserve', 'pay', 'cancel', 'reverse', ...expected].filter((what) => (tally[what] ?? 0) < 20);
  expect(rare, `of ${JSON.stringify(tally)}`).toEqual([]);
});
