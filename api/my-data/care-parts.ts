/** The parts of an export that care payments have: what a retiree was given, and the special-care flags with who read them. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { accounts } from '../../db/schema/access.ts';
import { careFlagReadings, careFlags, carePayments } from '../../db/schema/care.ts';
import { PAGE, after, ofRetirees, pageOf, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';

export const careParts = {
  carePayments: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(carePayments)
        .where(and(ofRetirees(carePayments.retireeId, owner), after(carePayments.id, cursor)))
        .orderBy(asc(carePayments.id))
        .limit(PAGE),
      ({ id, retireeId, paymentId, entry, kind, form, fen, day, ...row }: typeof carePayments.$inferSelect) => ({
        id,
        retireeId,
        paymentId,
        entry,
        kind,
        form,
        fen,
        day,
        unit: unit(ctx, row.unitId),
        receiver: row.details?.receiver ?? null,
        relation: row.details?.relation ?? null,
      }),
    ),
  async careFlags(ctx, owner, cursor) {
    const rows = await ctx.db
      .select()
      .from(careFlags)
      .where(and(ofRetirees(careFlags.retireeId, owner), after(careFlags.retireeId, cursor)))
      .orderBy(asc(careFlags.retireeId))
      .limit(PAGE);
    const readings = await ctx.db
      .select({
        retireeId: careFlagReadings.retireeId,
        what: careFlagReadings.what,
        at: careFlagReadings.at,
        name: accounts.name,
      })
      .from(careFlagReadings)
      .leftJoin(accounts, eq(accounts.id, careFlagReadings.accountId))
      .where(
        inArray(
          careFlagReadings.retireeId,
          rows.map(({ retireeId }) => retireeId),
        ),
      )
      .orderBy(asc(careFlagReadings.n));
    return pageOf(
      rows.map(({ retireeId, flags, setAt }) => ({
        id: retireeId,
        flags,
        setAt,
        readings: readings.filter((one) => one.retireeId === retireeId),
      })),
    );
  },
} satisfies Partial<Record<Part, Reader>>;
