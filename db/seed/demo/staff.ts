/** Staff of the demo: a clerk and a lead at every office that the story can reach; the named people take their posts first. */
import { namedStaff } from './named.ts';
import { officeIds } from './offices.ts';
import { inventName } from './people.ts';
import type { Role } from '../../schema/access.ts';
import type { Numbers } from './numbers.ts';
import type { Chance } from './prng.ts';
import type { DemoStaff } from './types.ts';

const ROLES: Role[] = ['clerk', 'lead'];

/** Everybody with a post, named people first. */
export function inventStaff(chance: Chance, numbers: Numbers): DemoStaff[] {
  const open = officeIds
    .flatMap((unitId) => ROLES.map((role) => ({ unitId, role })))
    .filter((post) => !namedStaff.some((person) => person.unitId === post.unitId && person.role === post.role));
  const others = open.map((post) => ({
    name: inventName(chance, chance.happens(0.6) ? 'female' : 'male'),
    phone: numbers.mobile(),
    ...post,
  }));
  return [...namedStaff, ...others];
}
