/** Who may act for a retiree: for the retiree, for relatives who may do everything, and for staff in whose care they are. */
import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { accounts, links, logins, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { notFound } from '../errors.ts';
import { maskPhone, type Phone } from '../values/phone.ts';

export interface Helper {
  /** The link. */
  id: string;
  name: string | null;
  /** Masked: to tell one 小张 from another. */
  phone: string | null;
  relation: Relation;
  scope: LinkScope;
  since: PlainDate;
  /** The last day; null until it is taken back. */
  until: PlainDate | null;
  /** The reader's own account. */
  me: boolean;
}

/** More accounts than this no retiree has; the list has no pages. */
const MOST_LISTED = 30;

/** The helpers of each of these retirees, first come first. Whoever calls has asked `can`. */
export async function helpersOf(ctx: Ctx, retireeIds: readonly string[]): Promise<Map<string, Helper[]>> {
  if (retireeIds.length === 0) return new Map();
  const rows = await ctx.db
    .selectDistinctOn([links.since, links.id], { link: links, name: accounts.name, phone: logins.address })
    .from(links)
    .innerJoin(accounts, eq(accounts.id, links.accountId))
    .leftJoin(logins, and(eq(logins.accountId, links.accountId), eq(logins.kind, 'phone')))
    .where(
      and(
        inArray(links.retireeId, [...retireeIds]),
        isNull(links.revokedAt),
        or(isNull(links.until), gt(links.until, ctx.clock())),
      ),
    )
    .orderBy(asc(links.since), asc(links.id))
    .limit(MOST_LISTED * retireeIds.length);
  const me = ctx.actor.is === 'person' ? ctx.actor.accountId : null;
  const groups = Map.groupBy(rows, ({ link }) => link.retireeId);
  return new Map([...groups].map(([id, group]) => [id, group.map((row) => helper(row, me))]));
}

/** The same of one retiree, for staff. @throws not-signed-in, not-found */
export async function listHelpers(ctx: Ctx, retireeId: string): Promise<Helper[]> {
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  const carePath = (retiree?.care ?? retiree?.insuredAt)?.path ?? null;
  ensureCanSee(ctx.actor, 'retiree.bind', { retireeId, carePath });
  if (!retiree) throw notFound();
  return (await helpersOf(ctx, [retireeId])).get(retireeId) ?? [];
}

function helper(
  { link, name, phone }: { link: typeof links.$inferSelect; name: string | null; phone: string | null },
  me: string | null,
): Helper {
  const { id, relation, scope, since, until, accountId } = link;
  return {
    id,
    name,
    phone: phone && maskPhone(phone as Phone),
    relation,
    scope,
    since: dayOf(since),
    until: until && dayOf(until),
    me: accountId === me,
  };
}
