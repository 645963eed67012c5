/** What a retiree had been paid before the death stays paid: its case goes on to its filing; what was only promised ends. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { budget, lineOf, pay } from '../care/fund.ts';
import { use, type Stage } from '../engine/stage.ts';
import { approve, HOME, liu, openStory, reportOf, STREET } from './stories.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStory('2026-11-23 10:00');
  await budget(await stage.staff(STREET, 'lead'), STREET, { hardship: 1000 });
  await budget(await stage.staff(HOME, 'lead'), HOME, { hospital: 100 });
});
afterAll(() => stage.stop());

test('a hardship grant that was paid waits for its filing, a visit that was not is given back', async () => {
  const mother = await stage.person(LIU);
  const clerk = await stage.person(OLD_CLERK);
  const claim = { situation: 'noFamily', cause: 'event', difficult: true, what: '难处', phone: LIU, papers: null };
  const grant = await apply(mother, 'hardship', claim);
  const found = { visited: '2026-11-23', special: true, caused: true, poor: true, finding: '属实' };
  await use(clerk, grant, 'approve', found);
  await use(await stage.staff(STREET, 'lead'), grant, 'approve', { amount: '800' });
  const stay = await apply(mother, 'hospital', { since: '2026-11-20', hospital: '医院', phone: LIU, papers: null });
  const seen = { visited: '2026-11-23', grave: true, form: 'money', money: '100' };
  expect((await use(clerk, stay, 'approve', seen)).status).toBe(200);
  stage.at('2026-12-01 09:00');
  await sweepTimers(stage.ctx, (error) => {
    throw error;
  });
  const payer = await stage.staff(STREET, 'clerk');
  const toHerself = { paidOn: '2026-12-01', receiver: 'self', second: '王芳' };
  expect((await pay(payer, grant, toHerself, ['receipt', 'posted'])).status).toBe(200);

  const reporter = await stage.person('13955550001');
  const report = await apply(reporter, 'death-report', reportOf(liu, { diedOn: '2026-12-01' }));
  expect((await approve(clerk, report)).body.status).toBe('approved');
  const rows = await stage.house.connection.sql`
    select kind, status, step from cases where number in (${grant}, ${stay}) order by kind`;
  expect(rows).toMatchObject([
    { kind: 'hardship', status: 'open', step: 'file' },
    { kind: 'hospital', status: 'withdrawn', step: null },
  ]);
  expect(await lineOf(stage.house, STREET, 'hardship')).toEqual({ total: 1000, reserved: 0, spent: 800 });
  expect(await lineOf(stage.house, HOME, 'hospital')).toEqual({ total: 100, reserved: 0, spent: 0 });
});
