/** Who the caller is: what pages and chat need to greet, to choose whom to act for, and to know where to lead. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { linkScopes, relations, roles, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { care, retirees, unitLevels } from '../../db/schema/registry.ts';
import { locales, say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { opening, openingAt } from '../opening.ts';
import { hoursWords } from '../opening-words.ts';
import type { Unit } from '../ports.ts';
import { responsibleAt } from './responsible.ts';

/** When a counter is open, line by line: the week, the noon rest, days soon that are otherwise. */
export const hoursLines = z.array(z.string());

export const unitCard = z.object({
  id: z.string(),
  name: z.string(),
  level: z.enum(unitLevels),
  phone: z.string().nullable(),
  hours: hoursLines.nullable(),
  /** By the working calendar, at the moment of the answer; null where no hours are known. */
  opening: opening.nullable(),
});
export type UnitCard = z.infer<typeof unitCard>;

/** A unit that a person may call, with whom to ask for (专人): by the office's phone, never by one of theirs. */
export const helpCard = unitCard.extend({ responsible: z.string().nullable() });
export type HelpCard = z.infer<typeof helpCard>;

export const me = z.object({
  signedIn: z.boolean(),
  name: z.string().nullable(),
  locale: z.enum(locales),
  /** Retirees the caller may act for; themself first. */
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      relation: z.enum(relations),
      scope: z.enum(linkScopes),
      alive: z.boolean(),
      community: helpCard.nullable(),
    }),
  ),
  /** Posts that give power now. */
  posts: z.array(z.object({ unit: unitCard, role: z.enum(roles) })),
  /** What must be done before the posts at a district or above give power; null when none of them waits. */
  secondFactor: z.enum(['set-up', 'give']).nullable(),
  /** Whom to call: the community of the first person, else the city's agency. */
  help: helpCard,
});
export type Me = z.infer<typeof me>;

export async function readMe(ctx: Ctx): Promise<Me> {
  const { actor } = ctx;
  const links = actor.is === 'person' ? actor.links : [];
  const { people, agency } = await peopleOf(ctx, links);
  if (actor.is !== 'person')
    return { signedIn: false, name: null, locale: ctx.locale, people: [], posts: [], secondFactor: null, help: agency };
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

/** Those whom the caller may act for, and the agency to call when there is nobody. */
async function peopleOf(
  ctx: Ctx,
  links: readonly { retireeId: string; relation: Relation; scope: LinkScope }[],
): Promise<{ people: Me['people']; agency: HelpCard }> {
  const rows = await retireesOf(ctx, links);
  const agencyId = ctx.city.units.cityAgency().id;
  const named = await responsibleAt(ctx, [agencyId, ...rows.flatMap(({ unitId }) => unitId ?? [])]);
  const help = (unitId: string): HelpCard => {
    const own = named.get(unitId);
    // Whoever asks for somebody today is told who is there today.
    return { ...card(ctx, unitId), responsible: own?.deputy ?? own?.name ?? null };
  };
  const people = links
    .flatMap(({ retireeId, relation, scope }) => {
      const row = rows.find((one) => one.id === retireeId);
      if (!row) return [];
      const community = row.unitId ? help(row.unitId) : null;
      const name = row.diedOn === null ? row.name : say(ctx.locale, 'engine:deceased', { name: row.name });
      return [{ id: row.id, name, relation, scope, alive: row.diedOn === null, community }];
    })
    .toSorted((a, b) => Number(b.relation === 'self') - Number(a.relation === 'self'));
  return { people, agency: help(agencyId) };
}

async function retireesOf({ db }: Ctx, links: readonly { retireeId: string }[]) {
  if (links.length === 0) return [];
  const ids = links.map((link) => link.retireeId);
  return db
    .select({ id: retirees.id, name: retirees.name, diedOn: retirees.diedOn, unitId: care.unitId })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .where(inArray(retirees.id, ids));
}

/** A unit as people call it. */
export function card(ctx: Ctx, unitId: string): UnitCard {
  const unit = ctx.city.units.get(unitId);
  if (!unit) throw new Error(`There is no unit ${unitId}.`);
  return cardOf(ctx, unit, ctx.clock());
}

/** The opening hours of a unit in words. */
export const unitHours = ({ locale, clock }: Ctx, { hours }: Unit): string[] | null =>
  hours && hoursWords(locale, hours, dayOf(clock()));

/** The same at a moment, of a unit as it stands or as it is to be. */
export function cardOf({ locale, city }: Ctx, { id, name, level, phone, hours }: Unit, moment: Date): UnitCard {
  const lines = hours && hoursWords(locale, hours, dayOf(moment));
  return { id, name, level, phone, hours: lines, opening: hours && openingAt(hours, moment, city.calendar) };
}
