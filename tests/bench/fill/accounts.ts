/** Who signs in: a clerk and a lead at every office, a tenth of the retirees, and for a third of those a child. */
import type { accounts, links, logins, posts } from '../../../db/schema/access.ts';
import { allUnits } from '../../../db/seed/divisions.ts';
import { blindIndex } from '../../../db/vault.ts';
import { numberedId } from './ids.ts';
import type { Known } from './crowd.ts';

type Insert<Table extends { $inferInsert: unknown }> = Table['$inferInsert'][];

export interface AccountRows {
  accounts: Insert<typeof accounts>;
  logins: Insert<typeof logins>;
  posts: Insert<typeof posts>;
  links: Insert<typeof links>;
}

/** The day the rules came into force (第二十六条). */
const SINCE = new Date('2024-04-01T00:00:00+08:00');
/** Chat ids of invented people, far from those that the simulator gives out. */
const FIRST_CHAT = 5_000_000_000;
/** Every third retiree with an account has a child who may act for them. */
const HAS_CHILD = 3;

const units = allUnits();

const placeOf = new Map(units.map((unit, at) => [unit.id, at]));

/** The account of a unit's clerk. */
export const clerkOf = (unitId: string) => numberedId('staff', (placeOf.get(unitId) ?? 0) * 2);

/** Clerk and lead of every office. In a community the clerk has a chat and the lead looks at the list; above, both have one. */
export function staffRows(): AccountRows {
  const rows: AccountRows = { accounts: [], logins: [], posts: [], links: [] };
  for (const [at, unit] of units.entries()) {
    for (const [offset, role] of (['clerk', 'lead'] as const).entries()) {
      const accountId = numberedId('staff', at * 2 + offset);
      rows.accounts.push({ id: accountId, name: `${unit.name}${role === 'clerk' ? '经办' : '主任'}` });
      if (role === 'clerk' || unit.level !== 'community') rows.logins.push(chatLogin(accountId, at * 2 + offset));
      rows.posts.push({ accountId, unitId: unit.id, role, since: SINCE });
    }
  }
  return rows;
}

/** Accounts of these retirees (those that have one) and of their children. Their chat numbers begin after the staff's. */
export function familyRows(people: readonly (Known & { at: number })[]): AccountRows {
  const rows: AccountRows = { accounts: [], logins: [], posts: [], links: [] };
  for (const { at, id, name, accountId } of people) {
    if (!accountId) continue;
    const chat = units.length * 2 + at * 2;
    rows.accounts.push({ id: accountId, name });
    rows.logins.push(chatLogin(accountId, chat));
    rows.links.push({ accountId, retireeId: id, relation: 'self', scope: 'everything', since: SINCE });
    if ((at / 10) % HAS_CHILD !== 0) continue;
    const child = numberedId('child', at);
    rows.accounts.push({ id: child, name: `${name.charAt(0)}敏` });
    rows.logins.push(chatLogin(child, chat + 1));
    rows.links.push({ accountId: child, retireeId: id, relation: 'child', scope: 'apply', since: SINCE });
  }
  return rows;
}

function chatLogin(accountId: string, number: number): Insert<typeof logins>[number] {
  const address = String(FIRST_CHAT + number);
  return { accountId, kind: 'telegram', key: blindIndex('login', `telegram:${address}`), address };
}
