/** The parts of an export that an account has: ways in, devices, consents, posts, forms, notices. */
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
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
  tickets,
} from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { drafts } from '../../db/schema/engine.ts';
import { retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import { PAGE, after, noticePage, ofAccount, pageOf, single, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';

/** From when to when somebody was on leave from a post; the colleague who stood in is not theirs to take along. */
const leavesOf = sql<{ first: string; last: string }[]>`(
  select coalesce(json_agg(json_build_object('first', v.first_day, 'last', v.last_day) order by v.id), '[]')
    from leaves v where v.post_id = posts.id)`;
type HeldPost = typeof posts.$inferSelect & { leaves: { first: string; last: string }[] };

export const accountParts = {
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
        .select({ ...getTableColumns(posts), leaves: leavesOf })
        .from(posts)
        .where(and(ofAccount(posts.accountId, owner), after(posts.id, cursor)))
        .orderBy(asc(posts.id))
        .limit(PAGE),
      ({ id, unitId, role, onDuty, since, suspendedAt, endedAt, leaves }: HeldPost) => ({
        id,
        unit: unit(ctx, unitId),
        role,
        onDuty,
        since,
        suspendedAt,
        endedAt,
        leaves,
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
} satisfies Partial<Record<Part, Reader>>;
