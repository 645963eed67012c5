/** Relatives are told of a death once staff have found it true, by day; whoever reported it hears that from their report. */
import { and, eq, gt, isNull, ne, or } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { plain, unitName } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { defineEffect } from '../engine/effect.ts';

interface TellFamily {
  retireeId: string;
  name: string;
}

interface Receipt extends TellFamily {
  told: string[];
}

export const tellFamily = defineEffect<TellFamily, Receipt>({
  name: 'tell-family',
  async apply(ctx, { retireeId, name }, { unitId, caseId, applicantId }) {
    const told = (await familyOf(ctx, retireeId)).filter((accountId) => accountId !== applicantId);
    const params = { name: plain(name), unit: unitName(unitId) };
    const common = { form: 'notice' as const, template: 'report.family', params, caseId, quiet: true };
    await enqueue(
      ctx,
      told.map((accountId) => ({ ...common, to: { accountId } })),
    );
    return { retireeId, name, told };
  },
  /** What was said cannot be unsaid; that it was a mistake is told to the same people. */
  async undo(ctx, { name, told }, { unitId }) {
    const params = { name: plain(name), unit: unitName(unitId) };
    await enqueue(
      ctx,
      told.map((accountId) => ({
        to: { accountId },
        form: 'notice' as const,
        template: 'report.mistaken',
        params,
        quiet: true,
      })),
    );
  },
});

async function familyOf({ db, clock }: Ctx, retireeId: string): Promise<string[]> {
  const rows = await db
    .select({ accountId: links.accountId })
    .from(links)
    .where(
      and(
        eq(links.retireeId, retireeId),
        ne(links.relation, 'self'),
        isNull(links.revokedAt),
        or(isNull(links.until), gt(links.until, clock())),
      ),
    );
  return rows.map(({ accountId }) => accountId);
}
