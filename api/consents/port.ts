/** The consents as the engine is handed them. */
import { and, eq, isNull } from 'drizzle-orm';
import { consents as table } from '../../db/schema/access.ts';
import type { Consents } from '../context.ts';
import { changeConsent } from './change-consent.ts';

export const consents: Consents = {
  async given(db, accountId) {
    const rows = await db
      .select({ purpose: table.purpose })
      .from(table)
      .where(and(eq(table.accountId, accountId), isNull(table.withdrawnAt)));
    return new Set(rows.map((row) => row.purpose));
  },
  async record(ctx, accountId, said) {
    for (const one of said) await changeConsent(ctx, accountId, one);
  },
};
