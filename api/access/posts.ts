/**
 * When a post gives power. It does while it was not ended and is not suspended; at a district or above only to whoever gave the
 * second factor as well, in this very browser or chat. Read in one place, `person.ts`: a post without power is not in `actor.posts`.
 */
import type { UnitLevel } from '../../db/schema/registry.ts';

/** Whose staff see many thousand people, or papers that decide about money. */
const levelsWithSecondFactor: readonly UnitLevel[] = ['city', 'district', 'agency', 'archives'];

/** Whether a post at a unit of this level gives power only with the second factor. */
export const needsSecondFactor = (level: UnitLevel): boolean => levelsWithSecondFactor.includes(level);

/** Whether a unit is the other or stands below it, by their paths. */
export const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/** What a person must still do before all their posts give power: nothing, when none waits. `given` means that it was done here. */
export type SecondFactor = 'set-up' | 'give' | 'given' | null;

/** Pure: what the posts at these levels ask of a person. `has`: set up and confirmed; `proven`: given in this browser or chat. */
export function secondFactorOf(levels: readonly UnitLevel[], { has, proven }: { has: boolean; proven: boolean }) {
  if (!levels.some(needsSecondFactor)) return null;
  if (!has) return 'set-up';
  return proven ? 'given' : 'give';
}
