/** The estimate over HTTP: dated figures, who enters them, and when there is none. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { LIU, OLD_CLERK } from '../../tools/story.ts';
import { cityAgencyId } from '../../../db/seed/divisions.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
let agency: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-23 10:00', 'web');
  agency = await stage.staff(cityAgencyId, 'clerk');
});
afterAll(() => stage.stop());

const estimateOf = async (query: string) => (await stage.house.visit().get(`/api/benefits/estimate?${query}`)).body;
const enter = (who: Browser, base: Record<string, unknown>) => who.post('/api/benefits/bases', base);

test('no figure for the year before the death, no estimate: it says which year is lacking', async () => {
  expect(await estimateOf('died=2026-05-01&years=20')).toEqual({
    is: 'none',
    why: 'no-base',
    year: 2025,
    since: '2021-09-01',
  });
});

test('only the city’s agency enters one, with its source; what cannot be right is refused', async () => {
  const good = { year: 2025, yuan: 52_800, source: '湖南省统计局公报' };
  for (const phone of [LIU, OLD_CLERK]) expect((await enter(await stage.person(phone), good)).status).toBe(403);
  expect((await enter(stage.house.visit(), good)).status).toBe(401);
  for (const wrong of [{ year: 2026 }, { year: 1999 }, { yuan: 4400 }, { yuan: 5_280_000 }, { source: ' ' }])
    expect((await enter(agency, { ...good, ...wrong })).body.code).toBe('bad-base');
  expect((await enter(agency, good)).status).toBe(204);
  const { bases, mayEnter } = (await agency.get('/api/benefits/bases')).body;
  expect(bases).toMatchObject([{ year: 2025, yearFen: 5_280_000, source: good.source, by: '唐静' }]);
  expect(mayEnter).toBe(true);
  // Anybody reads the figures, and not who entered them.
  const seen = (await stage.house.visit().get('/api/benefits/bases')).body;
  expect(seen).toMatchObject({ mayEnter: false, bases: [{ year: 2025, by: null }] });
});

test('it shows the figure, the rule and where both stand', async () => {
  const found = await estimateOf('died=2026-05-01&years=28&drawn=3');
  expect(found).toMatchObject({
    is: 'estimate',
    year: 2025,
    yearFen: 5_280_000,
    monthFen: 440_000,
    rule: '人社部发〔2021〕18号',
    source: '湖南省统计局公报',
    funeralFen: 880_000,
    low: { twelfths: 228, fen: 8_360_000 },
  });
  expect(found.high).toEqual(found.low);
});

test('what is not known makes a range', async () => {
  const found = await estimateOf('died=2026-05-01&drawn=3');
  expect(found).toMatchObject({ contributedMonths: null, low: { twelfths: 108 }, high: { twelfths: 252 } });
});

test('a death before 2021-09-01 is not estimated by this rule', async () => {
  expect(await estimateOf('died=2021-08-31')).toMatchObject({ is: 'none', why: 'before-rule' });
  expect(await estimateOf('died=2021-09-01')).toMatchObject({ is: 'none', why: 'no-base', year: 2020 });
});

test('a correction is a new entry, and the earlier one stays as it was', async () => {
  await enter(agency, { year: 2025, yuan: 54_000, source: '更正' });
  expect(await estimateOf('died=2026-05-01')).toMatchObject({ monthFen: 450_000, source: '更正' });
  const { sql } = stage.house.connection;
  await expect(sql`update income_bases set year_fen = 1`).rejects.toThrow('append-only');
  await expect(sql`delete from income_bases`).rejects.toThrow('append-only');
});

test.each(['died=2026-02-30', 'died=heute', 'died=2026-01-01&years=-1', 'died=2026-01-01&years=999'])(
  '%s is refused',
  async (query) => {
    expect((await stage.house.visit().get(`/api/benefits/estimate?${query}`)).status).toBe(400);
  },
);
