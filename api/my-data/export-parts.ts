/** The parts of an export that come from plain rows: what is read, and how it is written down. Pages are cut by id. */
import { and, asc, eq, gt, inArray, sql, type Column, type SQL } from 'drizzle-orm';
import {
  accountActs,
  accounts,
  consents,
  invites,
  links,
  logins,
  posts,
  recoveryCodes,
  secondFactors,
  sessions,
  slips,
  tickets,
} from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { drafts } from '../../db/schema/engine.ts';
import { care, contacts, residences, retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { render } from '../delivery/message.ts';
import { caseRecords } from '../engine/cases/records.ts';
import { showAddress } from '../values/address.ts';
import { maskIdNumber, type IdNumber } from '../values/id-number.ts';
import type { Part } from './held.ts';
import { lookupsOf } from './lookups.ts';
import type { Owner } from './owner.ts';

/** Rows of a part, a page at a time: those after `after`, none at the end. `cursor` is where the next page begins. */
type Page = { rows: object[]; cursor: string } | null;
export type Reader = (ctx: Ctx, owner: Owner, after: string | null) => Promise<Page>;

const PAGE = 200;

type Keyed = { id: string };
const pageOf = (rows: Keyed[], write: (row: never) => object = (row) => row): Page =>
  rows.length === 0 ? null : { rows: rows.map((row) => write(row as never)), cursor: rows.at(-1)?.id ?? '' };

const after = (column: Column, cursor: string | null): SQL | undefined => (cursor ? gt(column, cursor) : undefined);
const unit = (ctx: Ctx, id: string | null) => (id === null ? null : { id, name: ctx.city.units.get(id)?.name ?? null });
/** Read in one piece: there is one at most. */
const single = async (cursor: string | null, read: () => Promise<object[]>): Promise<Page> => {
  if (cursor !== null) return null;
  const rows = await read();
  return rows.length === 0 ? null : { rows, cursor: 'end' };
};

const ofAccount = (column: Column, { accountId }: Owner) => eq(column, accountId);
const ofRetirees = (column: Column, { whole }: Owner) => (whole.length > 0 ? inArray(column, [...whole]) : sql`false`);

export const readers: Record<Part, Reader> = {
  account: (ctx, { accountId }, cursor) =>
    single(cursor, () =>
      ctx.db
        .select({ id: accounts.id, name: accounts.name, locale: accounts.locale, createdAt: accounts.createdAt })
        .from(accounts)
        .where(eq(accounts.id, accountId)),
    ),
  waysIn: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: logins.id,
          kind: logins.kind,
          address: logins.address,
          createdAt: logins.createdAt,
          blockedAt: logins.blockedAt,
        })
        .from(logins)
        .where(and(ofAccount(logins.accountId, owner), after(logins.id, cursor)))
        .orderBy(asc(logins.id))
        .limit(PAGE),
    ),
  sessions: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: sessions.id,
          device: sessions.device,
          createdAt: sessions.createdAt,
          seenAt: sessions.seenAt,
          expiresAt: sessions.expiresAt,
          endedAt: sessions.endedAt,
        })
        .from(sessions)
        .where(and(ofAccount(sessions.accountId, owner), after(sessions.id, cursor)))
        .orderBy(asc(sessions.id))
        .limit(PAGE),
    ),
  consents: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(consents)
        .where(and(ofAccount(consents.accountId, owner), after(consents.id, cursor)))
        .orderBy(asc(consents.id))
        .limit(PAGE),
      ({ id, purpose, givenAt, withdrawnAt }: typeof consents.$inferSelect) => ({
        id,
        purpose,
        title: say(ctx.locale, `consents:${purpose}.title`),
        givenAt,
        withdrawnAt,
      }),
    ),
  acts: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: accountActs.id,
          what: accountActs.what,
          at: accountActs.at,
          unitId: accountActs.unitId,
          by: accounts.name,
        })
        .from(accountActs)
        .leftJoin(accounts, eq(accounts.id, accountActs.byId))
        .where(and(ofAccount(accountActs.accountId, owner), after(accountActs.id, cursor)))
        .orderBy(asc(accountActs.id))
        .limit(PAGE),
    ),
  links: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: links.id,
          retiree: retirees.name,
          relation: links.relation,
          scope: links.scope,
          since: links.since,
          until: links.until,
          revokedAt: links.revokedAt,
        })
        .from(links)
        .innerJoin(retirees, eq(retirees.id, links.retireeId))
        .where(and(ofAccount(links.accountId, owner), after(links.id, cursor)))
        .orderBy(asc(links.id))
        .limit(PAGE),
    ),
  posts: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(posts)
        .where(and(ofAccount(posts.accountId, owner), after(posts.id, cursor)))
        .orderBy(asc(posts.id))
        .limit(PAGE),
      ({ id, unitId, role, onDuty, since, suspendedAt, endedAt }: typeof posts.$inferSelect) => ({
        id,
        unit: unit(ctx, unitId),
        role,
        onDuty,
        since,
        suspendedAt,
        endedAt,
      }),
    ),
  // The secret itself would be a second key to the account: when it was made is all that is told.
  secondFactor: (ctx, { accountId }, cursor) =>
    single(cursor, () =>
      ctx.db
        .select({
          createdAt: secondFactors.createdAt,
          confirmedAt: secondFactors.confirmedAt,
          recoveryCodesLeft: sql<number>`(select count(*)::int from ${recoveryCodes}
            where ${recoveryCodes.accountId} = ${secondFactors.accountId} and ${recoveryCodes.usedAt} is null)`,
        })
        .from(secondFactors)
        .where(eq(secondFactors.accountId, accountId)),
    ),
  invites: async (ctx, { accountId }, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(invites)
        .where(and(eq(invites.usedBy, accountId), after(invites.id, cursor)))
        .orderBy(asc(invites.id))
        .limit(PAGE),
      ({ id, unitId, role, name, createdAt, usedAt }: typeof invites.$inferSelect) => ({
        id,
        unit: unit(ctx, unitId),
        role,
        name,
        createdAt,
        usedAt,
      }),
    ),
  oneTimeLinks: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select({
          id: tickets.id,
          kind: tickets.kind,
          question: tickets.question,
          createdAt: tickets.createdAt,
          usedAt: tickets.usedAt,
          confirmedAt: tickets.confirmedAt,
        })
        .from(tickets)
        .where(and(ofAccount(tickets.accountId, owner), after(tickets.id, cursor)))
        .orderBy(asc(tickets.id))
        .limit(PAGE),
    ),
  forms: async (ctx, owner, cursor) =>
    pageOf(
      await ctx.db
        .select()
        .from(drafts)
        .where(and(ofAccount(drafts.accountId, owner), after(drafts.id, cursor)))
        .orderBy(asc(drafts.id))
        .limit(PAGE),
      ({ id, kind, verb, capacity, answers, createdAt, updatedAt, submittedAt }: typeof drafts.$inferSelect) => ({
        id,
        kind,
        title: say(ctx.locale, `services/${kind}:title`),
        verb,
        capacity,
        // At the counter and in an office the answers are somebody else's.
        answers:
          capacity === 'counter' || !['resubmit', null].includes(verb)
            ? null
            : Object.fromEntries(Object.entries(answers).map(([key, { value }]) => [key, value])),
        createdAt,
        updatedAt,
        submittedAt,
      }),
    ),
  notices: (ctx, owner, cursor) => noticePage(ctx, ofAccount(messages.accountId, owner), cursor),
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
  cases: async (ctx, owner, cursor) => pageOf(await caseRecords(ctx, owner, cursor)),
};

async function noticePage(ctx: Ctx, whose: SQL, cursor: string | null): Promise<Page> {
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
      text: render(template, params, ctx.locale, ctx.city.units),
      way,
      createdAt,
      sentAt,
      readAt,
    }),
  );
}

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
