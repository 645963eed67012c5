/** Who the caller is: what pages and chat need to greet, to choose whom to act for, and to know where to lead. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { care, retirees, type OpeningHours } from '../../db/schema/registry.ts';
import type { LinkScope, Relation, Role } from '../../db/schema/access.ts';
import { say, type Locale } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';

export interface Me {
  signedIn: boolean;
  name: string | null;
  locale: Locale;
  /** Retirees the caller may act for; themself first. */
  people: {
    id: string;
    name: string;
    relation: Relation;
    scope: LinkScope;
    alive: boolean;
    community: UnitCard | null;
  }[];
  /** Posts that give power now. */
  posts: { unit: UnitCard; role: Role }[];
  /** What must be done before the posts at a district or above give power; null when none of them waits. */
  secondFactor: 'set-up' | 'give' | null;
  /** Whom to call: the community of the first person, else the city's agency. */
  help: UnitCard;
}

export interface UnitCard {
  id: string;
  name: string;
  phone: string | null;
  hours: OpeningHours | null;
}

export async function readMe(ctx: Ctx): Promise<Me> {
  const { actor } = ctx;
  const agency = card(ctx, ctx.city.units.cityAgency().id);
  if (actor.is !== 'person')
    return { signedIn: false, name: null, locale: ctx.locale, people: [], posts: [], secondFactor: null, help: agency };
  const people = await peopleOf(ctx, actor.links);
  const posts = actor.posts.map(({ unitId, role }) => ({ unit: card(ctx, unitId), role }));
  return {
    signedIn: true,
    name: actor.name,
    locale: ctx.locale,
    people,
    posts,
    secondFactor: actor.secondFactor === 'given' ? null : actor.secondFactor,
    help: people.find((one) => one.community)?.community ?? agency,
  };
}

async function peopleOf(
  ctx: Ctx,
  links: readonly { retireeId: string; relation: Relation; scope: LinkScope }[],
): Promise<Me['people']> {
  if (links.length === 0) return [];
  const rows = await ctx.db
    .select({ id: retirees.id, name: retirees.name, diedOn: retirees.diedOn, unitId: care.unitId })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .where(
      inArray(
        retirees.id,
        links.map((link) => link.retireeId),
      ),
    );
  return links
    .flatMap(({ retireeId, relation, scope }) => {
      const row = rows.find((one) => one.id === retireeId);
      if (!row) return [];
      const community = row.unitId ? card(ctx, row.unitId) : null;
      const name = row.diedOn === null ? row.name : say(ctx.locale, 'engine:deceased', { name: row.name });
      return [{ id: row.id, name, relation, scope, alive: row.diedOn === null, community }];
    })
    .toSorted((a, b) => Number(b.relation === 'self') - Number(a.relation === 'self'));
}

function card(ctx: Ctx, unitId: string): UnitCard {
  const unit = ctx.city.units.get(unitId);
  return { id: unitId, name: unit?.name ?? unitId, phone: unit?.phone ?? null, hours: unit?.hours ?? null };
}
