/** People for the tests of self-help groups: a community of exactly so many, and its groups confirmed. */
import { expect } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import type { HouseUnderTest } from '../../tools/house-under-test.ts';

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
