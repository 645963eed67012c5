/** People for the tests of self-help groups: a community of exactly so many, and its groups confirmed. */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { logins } from '../../../db/schema/access.ts';
import type { Browser } from '../../tools/browser.ts';
import type { HouseUnderTest } from '../../tools/house-under-test.ts';
import type { Stage } from '../engine/stage.ts';

/** 识字里社区 of 文艺路街道, where 刘淑兰 is cared for, and 梓园社区 of another street. */
export const COMMUNITY = '430102001001';
export const STREET = '430102001';
export const OTHER_COMMUNITY = '430111001001';

/**
 * Lets a community have so many people: others come from elsewhere in the city, or go there. Whoever has an account of their own
 * stays where they are.
 */
export async function haveSo(house: HouseUnderTest, unitId: string, people: number): Promise<void> {
  const { sql } = house.connection;
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from care where unit_id = ${unitId} and until is null`;
  const here = row?.n ?? 0;
  const nobodys = sql`not exists (select from links l where l.retiree_id = c.retiree_id and l.relation = 'self')`;
  if (here < people)
    await sql`update care set unit_id = ${unitId} where id in (
      select c.id from care c where c.until is null and c.unit_id not in (${unitId}, ${COMMUNITY}, ${OTHER_COMMUNITY})
        and ${nobodys} order by c.id limit ${people - here})`;
  else
    await sql`update care set unit_id = '430102014003' where id in (
      select c.id from care c where c.until is null and c.unit_id = ${unitId} and ${nobodys}
       order by c.id desc limit ${here - people})`;
}

/** Makes a neighbour of 刘淑兰, who has no account yet, the leader of the group, signed in by this phone. */
export async function leadBy(stage: Stage, clerk: Browser, groupId: string, phone: string): Promise<Leader> {
  const { sql, db } = stage.house.connection;
  const [neighbour] = await sql<Omit<Leader, 'browser'>[]>`
    select r.id, r.name from group_members m join retirees r on r.id = m.retiree_id
     where m.group_id = ${groupId} and m.until is null and r.died_on is null
       and not exists (select from links l where l.retiree_id = r.id) order by r.id limit 1`;
  if (!neighbour) throw new Error('There is nobody in the group who could lead it.');
  const browser = await stage.person(phone);
  const ways = await db.select().from(logins).where(eq(logins.kind, 'phone'));
  const account = ways.find(({ address }) => address === phone)?.accountId ?? '';
  await sql`insert into links (account_id, retiree_id, relation, scope) values (${account}, ${neighbour.id}, 'self', 'everything')`;
  const choice = { retireeId: neighbour.id, term: '2028-06-30', agreed: true };
  const chosen = await clerk.put(`/api/staff/groups/${groupId}/offices/leader`, choice);
  expect(chosen.status, `refused: ${JSON.stringify(chosen.body)}`).toBe(204);
  return { ...neighbour, browser };
}

export interface Leader {
  /** As a retiree. */
  id: string;
  name: string;
  browser: Browser;
}

export interface Proposal {
  id: string;
  version: number;
  groups: { slot: number; name: string; fresh: boolean; lawful: boolean; people: { id: string; name: string }[] }[];
  left: { id: string }[];
  obstacle: { reason: string; short: number } | null;
  ending: string[];
}

/** What is proposed for a community now. */
export async function propose(clerk: Browser, unit: string): Promise<Proposal> {
  const made = await clerk.post('/api/staff/groups/proposals', { unit });
  expect(made.status, `refused: ${JSON.stringify(made.body)}`).toBe(200);
  return (await clerk.get(`/api/staff/groups/proposals/${made.body.id}`)).body as Proposal;
}

/** Divides a community as it is proposed. */
export async function divide(clerk: Browser, unit: string): Promise<void> {
  const { id, version } = await propose(clerk, unit);
  const confirmed = await clerk.post(`/api/staff/groups/proposals/${id}/confirm`, { version });
  expect(confirmed.status, `refused: ${JSON.stringify(confirmed.body)}`).toBe(200);
}
