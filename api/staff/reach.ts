/** Which units' staff somebody looks after: those of the units where they lead, and everything below. */
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notAllowed, notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';

const MOST_FOUND = 10;
const MOST_LISTED = 30;
const levels: readonly Unit['level'][] = ['city', 'district', 'agency', 'archives', 'street', 'community'];

/** @throws not-found */
export function unitPath(ctx: Ctx, unitId: string): string {
  const unit = ctx.city.units.get(unitId);
  if (!unit) throw notFound();
  return unit.path;
}

/** The unit, if the actor looks after its staff. @throws not-signed-in, not-allowed, also for a unit that is none */
export function ownReach(ctx: Ctx, unitId: string): Unit {
  const unit = ctx.city.units.get(unitId);
  if (!unit) throw notAllowed();
  ensureCan(ctx.actor, 'staff.manage', { unitPath: unit.path });
  return unit;
}

export interface UnitChoice {
  id: string;
  name: string;
  /** District, street and community. */
  fullName: string;
}

/** Units whose staff the actor looks after, by name, pinyin or initials; without words their own and those right below. */
export function unitsInReach(ctx: Ctx, words: string): UnitChoice[] {
  const { units } = ctx.city;
  const leads = ctx.actor.is === 'person' ? ctx.actor.posts.filter(({ role }) => role === 'lead') : [];
  const first = leads[0];
  ensureCan(ctx.actor, 'staff.manage', { unitPath: first?.path ?? '' });
  const inReach = (unit: Unit) => can(ctx.actor, 'staff.manage', { unitPath: unit.path });
  const found = words.trim()
    ? levels
        .flatMap((level) => units.search(words, level, Number.MAX_SAFE_INTEGER).filter(inReach))
        .slice(0, MOST_FOUND)
    : leads
        .flatMap(({ unitId }) => [units.get(unitId), ...units.children(unitId)])
        .flatMap((unit) => unit ?? [])
        .slice(0, MOST_LISTED);
  const unique = [...new Map(found.map((unit) => [unit.id, unit])).values()];
  return unique.map((unit) => ({ id: unit.id, name: unit.name, fullName: units.fullName(unit) }));
}
