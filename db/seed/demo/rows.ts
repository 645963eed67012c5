/** The demo's people as rows. Ids come from each person's place in the list, so that they are the same in every database. */
import { careRow, residenceRow, retireeRow, searchKeyRows } from '../../../api/registry/import/retiree-rows.ts';
import type { accounts, links, logins, posts, Relation } from '../../schema/access.ts';
import type { care, contacts, residences, retirees, searchKeys } from '../../schema/registry.ts';
import { blindIndex } from '../../vault.ts';
import type { Phone } from '../../../api/values/phone.ts';
import type { DemoData } from './types.ts';

type Insert<Table extends { $inferInsert: unknown }> = Table['$inferInsert'][];

export interface DemoRows {
  retirees: Insert<typeof retirees>;
  care: Insert<typeof care>;
  residences: Insert<typeof residences>;
  contacts: Insert<typeof contacts>;
  searchKeys: Insert<typeof searchKeys>;
  accounts: Insert<typeof accounts>;
  logins: Insert<typeof logins>;
  posts: Insert<typeof posts>;
  links: Insert<typeof links>;
}

/** The day the rules came into force (第二十六条): posts and family links of the demo began then. */
const SINCE = new Date('2024-04-01T00:00:00+08:00');
const KINDS = { retiree: 1, account: 2 } as const;

/** Everything that `loadDemo` inserts. The vault must be open. */
export function demoRows(data: DemoData): DemoRows {
  const ids = new Map(data.retirees.map(({ key }, at) => [key, demoId('retiree', at)]));
  const idOf = (key: string) => ids.get(key) ?? '';
  return {
    retirees: data.retirees.map((facts) => ({ id: idOf(facts.key), ...retireeRow(facts) })),
    care: data.retirees.map((facts) => careRow(idOf(facts.key), facts)),
    residences: data.retirees.map((facts) => residenceRow(idOf(facts.key), facts)),
    searchKeys: data.retirees.flatMap((facts) => searchKeyRows(facts.communityId, idOf(facts.key), facts)),
    contacts: data.relatives.map(({ retireeKey, name, relation, phone, emergency }) => ({
      retireeId: idOf(retireeKey),
      name,
      relation,
      phone,
      emergency,
    })),
    ...accountRows(data, idOf),
  };
}

function accountRows(
  data: DemoData,
  idOf: (key: string) => string,
): Pick<DemoRows, 'accounts' | 'logins' | 'posts' | 'links'> {
  const rows: Pick<DemoRows, 'accounts' | 'logins' | 'posts' | 'links'> = {
    accounts: [],
    logins: [],
    posts: [],
    links: [],
  };
  const open = (name: string, phone: Phone): string => {
    const id = demoId('account', rows.accounts.length);
    rows.accounts.push({ id, name });
    rows.logins.push({ accountId: id, kind: 'phone', key: blindIndex('login', `phone:${phone}`), address: phone });
    return id;
  };
  const link = (accountId: string, retireeKey: string, relation: Relation, scope: 'apply' | 'everything') =>
    rows.links.push({ accountId, retireeId: idOf(retireeKey), relation, scope, since: SINCE });
  for (const { key, name, phone, signsIn } of data.retirees) {
    if (signsIn && phone) link(open(name, phone), key, 'self', 'everything');
  }
  for (const { retireeKey, name, phone, relation, actsFor } of data.relatives) {
    if (actsFor) link(open(name, phone), retireeKey, relation, 'apply');
  }
  for (const { name, phone, unitId, role } of data.staff) {
    rows.posts.push({ accountId: open(name, phone), unitId, role, since: SINCE });
  }
  return rows;
}

/** A UUID of version 7 with a fixed moment, then kind and place. */
function demoId(kind: keyof typeof KINDS, at: number): string {
  return `018e9570-7c00-7${KINDS[kind]}00-8000-${at.toString(16).padStart(12, '0')}`;
}
