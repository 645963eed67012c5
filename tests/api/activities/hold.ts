/** Activities for the tests: held by a unit of the story, and people who sign up for them. */
import { expect } from 'vitest';
import { dayOf } from '../../../api/dates.ts';
import type { Browser } from '../../tools/browser.ts';
import { ownAccount } from '../../tools/own-account.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

/** 识字里社区 of 文艺路街道. */
export const COMMUNITY = '430102001001';
export const STREET = '430102001';

export const walk = {
  kind: 'sport',
  title: '浏阳河边走一走',
  details: '慢慢走，路上歇两次。',
  startsAt: '2026-11-14T09:00:00+08:00',
  endsAt: '2026-11-14T11:00:00+08:00',
  place: '社区门口集合',
  mapUrl: null as string | null,
  directions: '坐 112 路到文艺路口',
  seats: 2,
  opensAt: '2026-11-01T08:00:00+08:00',
  closesAt: '2026-11-13T18:00:00+08:00',
  costFen: 0,
  bring: '水杯、帽子',
  walking: 'some',
  companions: false,
  contactName: '李娟',
  contactPhone: '0731-84000000',
  audience: null as string[] | null,
};
export type Walk = typeof walk;

export const NOW = '2026-11-10 10:00';

/** The community's clerk, 刘淑兰 and her daughter, and six neighbours, in November. */
export async function openScene() {
  const stage = await openStage(NOW, 'web');
  const clerk = await stage.person(OLD_CLERK);
  const liu = await stage.person(LIU);
  const daughter = await stage.person(DAUGHTER);
  return { stage, clerk, liu, daughter, people: await neighbours(stage, 6) };
}

/** Publishes an activity. @returns its id */
export async function hold(by: Browser, parts: Partial<Walk> = {}, unit = COMMUNITY): Promise<string> {
  const answer = await by.post('/api/staff/activities', { ...walk, ...parts, unit });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.id;
}

/** Changes it as somebody who has just looked. */
export async function change(by: Browser, id: string, parts: Partial<Walk>) {
  const { version } = (await by.get(`/api/staff/activities/${id}`)).body;
  return by.put(`/api/staff/activities/${id}`, { ...walk, ...parts, version });
}

export interface Neighbour {
  browser: Browser;
  id: string;
  account: string;
}

/** People in the care of a unit, each with an account and a session of their own. */
export async function neighbours(stage: Stage, count: number, unit = COMMUNITY): Promise<Neighbour[]> {
  const { sql } = stage.house.connection;
  const ids = await sql<
    { id: string }[]
  >`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
    where c.unit_id like ${`${unit}%`} and r.died_on is null
      and not exists (select from links l where l.retiree_id = r.id) order by r.id limit ${count}`;
  const people = await Promise.all(ids.map(async ({ id }) => ({ id, ...(await ownAccount(stage.house, id)) })));
  expect(people).toHaveLength(count);
  return people;
}

/** Templates of what an account was told of activities, oldest first. */
export async function told({ house }: Stage, account: string): Promise<string[]> {
  const rows = await house.connection.sql<{ template: string }[]>`
    select template from messages where account_id = ${account} and template like 'activity.%' and state <> 'replaced' order by id`;
  return rows.map(({ template }) => template.replace('activity.', ''));
}

/** People of the community to whom no account belongs. */
export async function withoutPhone({ house }: Stage, count: number): Promise<string[]> {
  const rows = await house.connection.sql<{ id: string }[]>`
    select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
     where c.unit_id = ${COMMUNITY} and r.died_on is null and not exists (select from links l where l.retiree_id = r.id)
     order by r.id desc limit ${count}`;
  return rows.map(({ id }) => id);
}

type At = Pick<Neighbour, 'browser'>;
export const cancel = ({ browser }: At, id: string) => browser.post(`/api/sign-ups/${id}/cancel`);
export const confirm = ({ browser }: At, id: string) => browser.post(`/api/sign-ups/${id}/confirm`);
export const signUpFor = (by: Browser, activity: string, retireeId: string | undefined) =>
  by.post(`/api/staff/activities/${activity}/sign-ups`, { retireeId });
export const signUp = ({ browser, id: retireeId }: Pick<Neighbour, 'browser' | 'id'>, activity: string, more = {}) =>
  browser.post(`/api/activities/${activity}/sign-ups`, { retireeId, ...more });

/** What must hold of an activity at any time. */
export async function ensureSound(stage: Stage, activity: string): Promise<void> {
  const [row] = await stage.house.connection.sql`
    select a.seats, a.taken, coalesce(sum(s.size) filter (where s.state in ('in', 'offered')), 0)::int as held
      from activities a left join sign_ups s on s.activity_id = a.id where a.id = ${activity} group by a.id`;
  expect(row?.['taken']).toBe(row?.['held']);
  expect(row?.['taken']).toBeLessThanOrEqual(row?.['seats'] as number);
}

/** The times of an activity that begins in so many days at nine, for tests that run by the real clock. */
export function inDays(days: number): Pick<Walk, 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt'> {
  const day = dayOf(new Date(Date.now() + days * 86_400_000));
  return {
    startsAt: `${day}T09:00:00+08:00`,
    endsAt: `${day}T11:00:00+08:00`,
    opensAt: '2026-01-01T08:00:00+08:00',
    closesAt: `${day}T08:00:00+08:00`,
  };
}
