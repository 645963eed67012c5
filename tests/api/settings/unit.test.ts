/** A unit's phone and hours: changed by its lead and those above, seen by everybody at once, one change over the other refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officeHours } from '../../../db/seed/demo/offices.ts';
import type { Browser } from '../../tools/browser.ts';
import { LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430102001001';
/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
const ROUTE = '/api/staff/settings/unit';
let stage: Stage;
let lead: Browser;
let street: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  [lead, street] = await Promise.all([stage.staff(COMMUNITY, 'lead'), stage.person(STREET_LEAD)]);
});
afterAll(() => stage.stop());

const read = async (who: Browser) => (await who.get(`${ROUTE}?unit=${COMMUNITY}`)).body;
const wanted = (more: object = {}) => ({ unit: COMMUNITY, phone: '0731-80000999', hours: officeHours, ...more });
const save = async (who: Browser, more: object = {}) =>
  who.put(ROUTE, { ...wanted(more), version: (await read(who)).version });
const history = async () => (await street.get(`/api/staff/settings/history?unit=${COMMUNITY}&what=unit`)).body;

test('its clerk reads, its lead and the street change; 找人, notices and the tree of units say the new phone and hours', async () => {
  const clerk = await stage.person(OLD_CLERK);
  expect(await read(clerk)).toMatchObject({ hours: officeHours, version: 1, mayChange: false });
  expect((await save(clerk)).status).toBe(403);
  const hours = {
    ...officeHours,
    pause: { from: 720, to: 810 },
    exceptions: [
      { day: '2026-11-05', hours: null },
      { day: '2026-10-01', hours: null },
    ],
  };
  const preview = (await lead.post(`${ROUTE}/preview`, wanted({ phone: '0731 8000 0999', hours }))).body;
  expect(preview.now).toMatchObject({ phone: '0731-80000999', opening: { open: true, until: '12:00', pause: true } });
  expect(preview.evening.opening).toMatchObject({ open: false, inDays: 1, from: '9:00' });
  expect((await read(lead)).phone).not.toBe('0731-80000999');

  expect((await save(lead, { phone: '0731 8000 0999', hours })).body).toEqual({ version: 2 });
  // Days that are over are not kept.
  expect((await read(lead)).hours.exceptions).toEqual([{ day: '2026-11-05', hours: null }]);
  const liu = await stage.person(LIU);
  await expect.poll(async () => (await liu.get('/api/me')).body.help.phone).toBe('0731-80000999');
  expect((await liu.get('/api/me')).body.help.hours).toEqual(preview.now.hours);
  expect((await liu.get(`/api/units/${COMMUNITY}`)).body).toMatchObject({
    phone: '0731-80000999',
    hours: ['工作日 9:00 到 17:00', '中午 12:00 到 13:30 休息', '11月5日 休息'],
  });
  expect((await save(street, { phone: '12345' })).body).toEqual({ version: 3 });
  const [last, first] = await history();
  expect(last).toMatchObject({ by: '赵志刚', after: ['电话 12345', '工作日 9:00 到 17:00'] });
  expect(first.before[0]).toMatch(/^电话 0731-8000/);
});

test('of two who change it at the same moment one is told to look again, and what stays the same is no change', async () => {
  const before = await read(lead);
  const both = await Promise.all(
    [lead, street].map((who, at) =>
      who.put(ROUTE, { ...wanted({ phone: `0731-8000010${at}` }), version: before.version }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('settings-changed');
  const now = await read(lead);
  const again = { unit: COMMUNITY, phone: now.phone, hours: now.hours, version: now.version };
  expect((await lead.put(ROUTE, again)).body).toEqual({ version: now.version });
  expect(await history()).toHaveLength(3);
});

test.each([
  [{ phone: '没有' }, 'not-an-office-phone'],
  [{ hours: { ...officeHours, pause: { from: 800, to: 700 } } }, 'hours-backwards'],
  [
    {
      hours: {
        ...officeHours,
        exceptions: [
          { day: '2026-12-01', hours: null },
          { day: '2026-12-01', hours: null },
        ],
      },
    },
    'hours-day-twice',
  ],
])('what cannot be is refused: %j', async (more, code) => {
  expect((await save(lead, more)).body.code).toBe(code);
  expect((await lead.post(`${ROUTE}/preview`, wanted(more))).body.code).toBe(code);
});

test('the database keeps what was written down', async () => {
  await expect(stage.house.connection.sql`update setting_changes set what = 'words'`).rejects.toThrow('append-only');
});
