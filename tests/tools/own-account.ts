/** Gives retirees who have no account one of their own, signed in: for tests of what many people do or are told. */
import { hashOf, newToken } from '../../api/access/secrets.ts';
import type { Browser } from './browser.ts';
import type { HouseUnderTest } from './house-under-test.ts';

/** @returns the account's id, and a browser that is signed in with it */
export async function ownAccount(
  house: HouseUnderTest,
  retireeId: string,
): Promise<{ browser: Browser; account: string }> {
  const { sql } = house.connection;
  const [made] = await sql<{ id: string }[]>`insert into accounts (name) values ('邻居') returning id`;
  const account = made?.id ?? '';
  const token = newToken();
  await sql`insert into links (account_id, retiree_id, relation) values (${account}, ${retireeId}, 'self')`;
  await sql`insert into sessions (token_hash, account_id, created_at, expires_at)
    values (${hashOf(token)}, ${account}, '2026-01-01', '2099-01-01')`;
  const browser = house.visit();
  browser.setCookie('session', token);
  return { browser, account };
}
