/** How a part of an export is read: a page of rows at a time, cut by id, so that a large account needs no more memory. */
import { asc, and, eq, gt, inArray, sql, type Column, type SQL } from 'drizzle-orm';
import { messages } from '../../db/schema/delivery.ts';
import type { Ctx } from '../context.ts';
import { render } from '../delivery/message.ts';
import type { Owner } from './owner.ts';

/** Rows of a part; null at the end. `cursor` is where the next page begins. */
export type Page = { rows: object[]; cursor: string } | null;
export type Reader = (ctx: Ctx, owner: Owner, after: string | null) => Promise<Page>;

export const PAGE = 200;

export const pageOf = (rows: { id: string }[], write: (row: never) => object = (row) => row): Page =>
  rows.length === 0 ? null : { rows: rows.map((row) => write(row as never)), cursor: rows.at(-1)?.id ?? '' };

export const after = (column: Column, cursor: string | null): SQL | undefined =>
  cursor ? gt(column, cursor) : undefined;

/** Read in one piece: there is one at most. */
export const single = async (cursor: string | null, read: () => Promise<object[]>): Promise<Page> => {
  if (cursor !== null) return null;
  const rows = await read();
  return rows.length === 0 ? null : { rows, cursor: 'end' };
};

export const ofAccount = (column: Column, { accountId }: Owner) => eq(column, accountId);
export const ofRetirees = (column: Column, { whole }: Owner) =>
  whole.length > 0 ? inArray(column, [...whole]) : sql`false`;

export const unit = (ctx: Ctx, id: string | null) =>
  id === null ? null : { id, name: ctx.city.units.get(id)?.name ?? null };

/** What was told, in words. */
export async function noticePage(ctx: Ctx, whose: SQL, cursor: string | null): Promise<Page> {
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(and(whose, after(messages.id, cursor)))
    .orderBy(asc(messages.id))
    .limit(PAGE);
  return pageOf(
    rows,
    ({ id, form, template, params, way, createdAt, sentAt, readAt }: typeof messages.$inferSelect) => ({
      id,
      form,
      text: render(template, params, ctx.locale, ctx.city),
      way,
      createdAt,
      sentAt,
      readAt,
    }),
  );
}
