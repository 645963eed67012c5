/** Writes the demo's people into an empty registry. Never called in production. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { pages } from '../../../api/registry/import/pages.ts';
import type { Db } from '../../connect.ts';
import { accounts, links, logins, posts } from '../../schema/access.ts';
import { care, contacts, residences, retirees, searchKeys, units } from '../../schema/registry.ts';
import { loadUnits } from '../load-units.ts';
import { demoData } from './index.ts';
import type { DemoOptions } from './index.ts';
import { publishDemoNotices } from './notices.ts';
import { demoOffices, officeHours } from './offices.ts';
import { demoRows } from './rows.ts';

/**
 * Loads units and people in one transaction; about a second. When the registry holds anybody already, nothing is
 * written and the answer is false.
 */
export async function loadDemo(db: Db, options: Partial<DemoOptions> = {}): Promise<boolean> {
  const rows = demoRows(demoData(options));
  return db.transaction(async (tx) => {
    await loadUnits(tx);
    if ((await tx.select({ id: retirees.id }).from(retirees).limit(1)).length > 0) return false;
    for (const page of pages(rows.retirees)) await tx.insert(retirees).values(page);
    for (const page of pages(rows.care)) await tx.insert(care).values(page);
    for (const page of pages(rows.residences)) await tx.insert(residences).values(page);
    for (const page of pages(rows.contacts)) await tx.insert(contacts).values(page);
    for (const page of pages(rows.searchKeys, 5000)) await tx.insert(searchKeys).values(page);
    for (const page of pages(rows.accounts)) await tx.insert(accounts).values(page);
    for (const page of pages(rows.logins)) await tx.insert(logins).values(page);
    for (const page of pages(rows.posts)) await tx.insert(posts).values(page);
    for (const page of pages(rows.links)) await tx.insert(links).values(page);
    await openOffices(tx);
    await publishDemoNotices(tx, rows.posts);
    return true;
  });
}

/** Gives the offices of the story a counter with a phone, so that 找人 has somebody to name. */
async function openOffices(tx: Db): Promise<void> {
  for (const { unitId, phone } of demoOffices()) {
    await tx
      .update(units)
      .set({ phone })
      .where(and(eq(units.id, unitId), isNull(units.phone)));
  }
  const ids = demoOffices().map(({ unitId }) => unitId);
  await tx
    .update(units)
    .set({ hours: officeHours })
    .where(and(inArray(units.id, ids), isNull(units.hours)));
}
