/** The parts of an export that a retiree has: the record, care, homes, contacts, family, who looked. */
import { and, asc, eq } from 'drizzle-orm';
import { accounts, links, slips } from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { care, contacts, residences, retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { showAddress } from '../values/address.ts';
import { maskIdNumber, type IdNumber } from '../values/id-number.ts';
import { PAGE, after, noticePage, ofRetirees, pageOf, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';
import { lookupsOf } from './lookups.ts';
import type { Owner } from './owner.ts';

export const retireeParts = {
  retirees: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(retirees)
        .where(and(ofRetirees(retirees.id, owner), after(retirees.id, cursor)))
        .orderBy(asc(retirees.id))
        .limit(PAGE),
      (row: typeof retirees.$inferSelect) => retireeLine(ctx, owner, row),
    ),
  care: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(care)
        .where(and(ofRetirees(care.retireeId, owner), after(care.id, cursor)))
        .orderBy(asc(care.id))
        .limit(PAGE),
      ({ id, retireeId, unitId, since, until }: typeof care.$inferSelect) => ({
        id,
        retireeId,
        unit: unit(ctx, unitId),
        since,
        until,
      }),
    ),
  homes: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(residences)
        .where(and(ofRetirees(residences.retireeId, owner), after(residences.id, cursor)))
        .orderBy(asc(residences.id))
        .limit(PAGE),
      ({ id, retireeId, communityId, place, since, until }: typeof residences.$inferSelect) => ({
        id,
        retireeId,
        community: unit(ctx, communityId),
        place,
        shown: showAddress(place),
        since,
        until,
      }),
    ),
  contacts: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(contacts)
        .where(and(ofRetirees(contacts.retireeId, owner), after(contacts.id, cursor)))
        .orderBy(asc(contacts.id))
        .limit(PAGE),
    ),
  family: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: links.id,
          retireeId: links.retireeId,
          name: accounts.name,
          relation: links.relation,
          scope: links.scope,
          since: links.since,
          until: links.until,
          revokedAt: links.revokedAt,
        })
        .from(links)
        .innerJoin(accounts, eq(accounts.id, links.accountId))
        .where(and(ofRetirees(links.retireeId, owner), after(links.id, cursor)))
        .orderBy(asc(links.id))
        .limit(PAGE),
    ),
  slips: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: slips.id,
          retireeId: slips.retireeId,
          relation: slips.relation,
          scope: slips.scope,
          createdAt: slips.createdAt,
          expiresAt: slips.expiresAt,
          usedAt: slips.usedAt,
        })
        .from(slips)
        .where(and(ofRetirees(slips.retireeId, owner), after(slips.id, cursor)))
        .orderBy(asc(slips.id))
        .limit(PAGE),
    ),
  noticesByPhone: (ctx, owner, cursor) => noticePage(ctx, ofRetirees(messages.retireeId, owner), cursor),
  async lookups(ctx, { whole }, cursor) {
    const rows = whole.length === 0 ? [] : await lookupsOf(ctx, whole, cursor ? new Date(cursor) : null, PAGE);
    return rows.length === 0 ? null : { rows, cursor: rows.at(-1)?.at ?? '' };
  },
} satisfies Partial<Record<Part, Reader>>;

/** One's own numbers in the clear, since the code has just proved whose they are; those of somebody looked after stay masked. */
function retireeLine(ctx: Ctx, { self }: Owner, row: typeof retirees.$inferSelect): object {
  const { idNumber, idNumberIndex: _id, phoneIndex: _phone, insuredAt, ethnicity, ...rest } = row;
  const isSelf = self.includes(row.id);
  return {
    ...rest,
    idNumber: isSelf ? idNumber : maskIdNumber(idNumber as IdNumber),
    ...(isSelf && { ethnicity }),
    insuredAt: unit(ctx, insuredAt),
  };
}
