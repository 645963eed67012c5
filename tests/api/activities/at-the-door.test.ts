/** Reminders, who came and who did not, what they say of it, its photos and its ledger. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepActivities } from '../../../api/activities/sweep.ts';
import type { Browser } from '../../tools/browser.ts';
import { RECEIVING_CLERK } from '../../tools/story.ts';
import type { Stage } from '../engine/stage.ts';
import {
  change,
  ensureSound,
  hold,
  type Neighbour,
  NOW,
  openScene,
  signUp,
  signUpFor,
  STREET,
  told,
  withoutPhone,
} from './hold.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let daughter: Browser;
let people: Neighbour[];
beforeAll(async () => {
  ({ stage, clerk, liu, daughter, people } = await openScene());
});
afterAll(() => stage.stop());
beforeEach(() => stage.at(NOW));

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const of = (n: number): Neighbour => people[n] as Neighbour;

describe('the clockwork', () => {
  test('reminds a day and two hours before, each once whoever sweeps, and anew after a move', async () => {
    const id = await hold(clerk, { seats: 2 });
    await signUp(of(4), id);
    const reminders = async () => (await told(stage, of(4).account)).filter((one) => one === 'remind').length;
    const sweep = async (moment: string) => {
      stage.at(moment);
      await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
      return reminders();
    };
    expect(await sweep('2026-11-13 08:59')).toBe(0);
    expect(await sweep('2026-11-13 09:00')).toBe(1);
    expect(await sweep('2026-11-13 15:00')).toBe(1);
    expect(await sweep('2026-11-14 07:59')).toBe(1);
    expect(await sweep('2026-11-14 08:00')).toBe(2);
    expect(await sweep('2026-11-14 08:30')).toBe(2);
    stage.at('2026-11-14 08:40');
    const moved = { startsAt: '2026-11-20T09:00:00+08:00', endsAt: '2026-11-20T11:00:00+08:00', seats: 2 };
    expect((await change(clerk, id, moved)).status).toBe(200);
    expect(await sweep('2026-11-19 09:00')).toBe(3);
  });
});

describe('the door', () => {
  test('takes what phones noted in any order, twice or from two phones: one check-in a person, the later word counts', async () => {
    const id = await hold(clerk, { seats: 3 });
    const [one, two] = [(await signUp(of(0), id)).body.id, (await signUp(of(1), id)).body.id];
    stage.at('2026-11-14 09:30');
    const at = (minute: number) => `2026-11-14T09:${String(minute).padStart(2, '0')}:00+08:00`;
    const send = (checks: object[]) => clerk.post(`/api/staff/activities/${id}/check-ins`, { checks });
    const both = [
      { signUp: one, present: true, at: at(1) },
      { signUp: two, present: true, at: at(2) },
    ];
    const answers = await Promise.all([send(both), send(both.toReversed()), send(both)]);
    for (const { body } of answers)
      expect(body.people.every((person: { present: boolean }) => person.present)).toBe(true);
    expect((await clerk.get(`/api/staff/activities/${id}`)).body.people.came).toBe(2);
    // Tapped by mistake and taken back; what was noted before that arrives later.
    await send([{ signUp: two, present: false, at: at(5) }]);
    await send([{ signUp: two, present: true, at: at(3) }]);
    expect((await clerk.get(`/api/staff/activities/${id}`)).body.people.came).toBe(1);
    const other = await hold(clerk, { startsAt: '2026-11-20T09:00:00+08:00', endsAt: '2026-11-20T10:00:00+08:00' });
    const foreign = await clerk.post(`/api/staff/activities/${other}/check-ins`, { checks: both });
    expect(foreign.body.people).toEqual([]);
    expect((await liu.post(`/api/staff/activities/${id}/check-ins`, { checks: both })).status).toBe(404);
  });

  test('those who were there are asked once how it was, by day; each says it once; staff see the average and no name', async () => {
    const id = await hold(clerk, {
      seats: 3,
      startsAt: '2026-11-14T18:00:00+08:00',
      endsAt: '2026-11-14T20:40:00+08:00',
    });
    const [one, two] = [(await signUp(of(0), id)).body.id, (await signUp(of(1), id)).body.id];
    const rate = (who: Neighbour, signedUp: string, stars: number) =>
      who.browser.post(`/api/sign-ups/${signedUp}/rating`, { stars });
    stage.at('2026-11-14 18:10');
    const checks = [{ signUp: one, present: true, at: '2026-11-14T18:10:00+08:00' }];
    await clerk.post(`/api/staff/activities/${id}/check-ins`, { checks });
    expect((await rate(of(0), one, 5)).body.code).toBe('rating-early');
    stage.at('2026-11-15 07:59');
    expect((await sweepActivities(stage.ctx)).asked).toBe(0);
    stage.at('2026-11-15 08:00');
    await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
    const asked = await sql(
      `select account_id from messages where template = 'activity.rate' and params ->> 'signUp' = '${one}'`,
    );
    expect(asked).toEqual([{ account_id: of(0).account }]);
    expect((await told(stage, of(1).account)).at(-1)).not.toBe('rate');
    expect((await rate(of(1), two, 5)).body.code).toBe('rating-not-there');
    expect((await rate(of(1), one, 5)).status).toBe(404);
    expect((await clerk.post(`/api/sign-ups/${one}/rating`, { stars: 5 })).status).toBe(404);
    const both = await Promise.all([rate(of(0), one, 4), rate(of(0), one, 4)]);
    expect(both.filter(({ body }) => body.code === 'rating-twice')).toHaveLength(1);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const say = (words: string) => of(0).browser.post(`/api/sign-ups/${one}/rating/words`, { words });
    expect((await say('  下次还来  ')).status).toBe(200);
    expect((await say('再说一句')).body.code).toBe('rating-twice');
    const [own] = (await of(0).browser.get(`/api/activities/${id}`)).body.people;
    expect(own.signUp).toMatchObject({ checkedIn: true, stars: 4, words: true });
    const { rating } = (await clerk.get(`/api/staff/activities/${id}`)).body;
    expect(rating).toEqual({ mean: 4, count: 1, words: ['下次还来'] });
    const street = await stage.staff(STREET, 'lead');
    expect((await street.get(`/api/staff/activities/${id}`)).body.rating).toEqual({ mean: 4, count: 1, words: [] });
    const [row] = await sql(`select rating_words::text from sign_ups where id = '${one}'`);
    expect(row?.['rating_words']).not.toContain('下次');
  });

  test('photos come afterwards, confirmed, without the place; those whom it was for see them, and have one taken down at once', async () => {
    const id = await hold(clerk);
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#396' } })
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '28/1 11/1 0/1' } })
      .jpeg()
      .toBuffer();
    const add = (by: Browser, query = '?agreed=yes') =>
      by.call('POST', `/api/staff/activities/${id}/photos${query}`, picture);
    expect((await add(clerk)).body.code).toBe('activity-photos-early');
    stage.at('2026-11-14 10:00');
    expect((await add(clerk, '')).status).toBe(400);
    expect((await add(await stage.person(RECEIVING_CLERK))).status).toBe(404);
    const { id: photo } = (await add(clerk)).body;
    const seen = async (who: Browser) => (await who.get(`/api/activities/${id}`)).body.photos;
    expect(await seen(liu)).toEqual([photo]);
    expect(await seen(daughter)).toEqual([photo]);
    for (const who of [stage.house.visit(), await stage.person(RECEIVING_CLERK)]) {
      expect(await seen(who)).toEqual([]);
      expect((await who.get(`/api/activities/photos/${photo}`)).status).toBe(404);
      expect([401, 404]).toContain((await who.post(`/api/activities/photos/${photo}/take-down`)).status);
    }
    const headers = { cookie: `session=${liu.cookie('session')}` };
    const shown = await fetch(`${stage.house.url}/api/activities/photos/${photo}`, { headers });
    expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).exif).toBeUndefined();
    expect((await liu.post(`/api/activities/photos/${photo}/take-down`)).status).toBe(204);
    expect((await clerk.get(`/api/activities/photos/${photo}`)).status).toBe(404);
    expect(await sql(`select id from activity_photos where activity_id = '${id}'`)).toHaveLength(0);
    expect((await clerk.get('/api/messages')).body[0].text).toContain('“浏阳河边走一走”的一张照片，有人请求撤下');
  });

  test('lets in whoever never signed up while a seat is free; the ledger says who came, when, and by whom', async () => {
    const id = await hold(clerk, { seats: 2, companions: true });
    const signed = (await signUp(of(0), id)).body.id;
    const [walker, late] = await withoutPhone(stage, 2);
    stage.at('2026-11-14 09:20');
    expect((await signUp(of(1), id)).body.code).toBe('sign-up-running');
    const letIn = await signUpFor(clerk, id, walker);
    expect(letIn.body).toMatchObject({ state: 'in' });
    expect((await signUpFor(clerk, id, walker)).body.code).toBe('sign-up-twice');
    expect((await signUpFor(clerk, id, late)).body.code).toBe('sign-up-full');
    await ensureSound(stage, id);
    const check = { signUp: letIn.body.id, present: true, at: '2026-11-14T09:20:00+08:00' };
    await clerk.post(`/api/staff/activities/${id}/check-ins`, { checks: [check] });
    const ledger = (await clerk.get(`/api/staff/activities/${id}/ledger`)).body;
    expect(ledger).toMatchObject({
      total: { signedUp: 2, came: 1, companions: 0 },
      units: [{ unit: '识字里社区', signedUp: 2, came: 1 }],
      rows: [
        { signUp: signed, by: 'self', came: null },
        { signUp: letIn.body.id, by: 'staff', came: { at: '11月14日（星期六）上午9:20', by: '李娟' } },
      ],
    });
    const file = await clerk.get(`/api/staff/activities/${id}/ledger.xlsx`);
    expect(file.status).toBe(200);
    const street = await stage.staff(STREET, 'lead');
    expect((await street.get(`/api/staff/activities/${id}/ledger`)).status).toBe(404);
    expect((await liu.get(`/api/staff/activities/${id}/ledger`)).status).toBe(404);
    stage.at('2026-11-14 11:00');
    expect((await signUpFor(clerk, id, late)).body.code).toBe('sign-up-over');
  });
});
