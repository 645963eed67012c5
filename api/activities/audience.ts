/** For whom staff may say that an activity is: some of the units right below theirs. */
import { z } from 'zod';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { unitOf } from './activity.ts';
import { MOST_UNITS } from './rules.ts';

export const audience = z.array(z.object({ id: z.string(), name: z.string() }));
export type Audience = z.infer<typeof audience>;

/** Nobody's retirees are cared for by an agency or an archive. @throws not-signed-in, not-allowed, not-found */
export function readAudience(ctx: Ctx, unitId: string): Audience {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'activity.hold', { unitId: unit.id });
  return ctx.city.units
    .children(unit.id)
    .filter(({ level }) => level === 'district' || level === 'street' || level === 'community')
    .slice(0, MOST_UNITS)
    .map(({ id, name }) => ({ id, name }));
}
