/** Changes a unit's phone and hours, and writes down who did. Every process reads the units anew (NOTIFY). */
import { and, eq, sql } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import { units } from '../../db/schema/registry.ts';
import { ensureCan } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { settingsChanged } from './errors.ts';
import { noteSetting } from './history.ts';
import { fitSettings, unitOf, type UnitSettings } from './unit-settings.ts';

/**
 * `seen` is the version that the actor saw. What stays as it was is not written down.
 * @throws not-signed-in, not-allowed, not-found, settings-changed, not-an-office-phone, hours-backwards, hours-day-twice
 */
export function changeUnit(ctx: Ctx, unitId: string, seen: number, wanted: UnitSettings): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside: Ctx = { ...tx, actor: await freshActor(tx) };
    const unit = unitOf(inside, unitId);
    ensureCan(inside.actor, 'settings.write', { unitPath: unit.path });
    const after = fitSettings(inside, wanted);
    const [row] = await inside.db
      .select({ phone: units.phone, hours: units.hours, version: units.version })
      .from(units)
      .where(eq(units.id, unitId))
      .for('update');
    if (!row || row.version !== seen) throw settingsChanged(row?.version ?? 0);
    const before: UnitSettings = { phone: row.phone, hours: row.hours };
    if (isDeepStrictEqual(before, after)) return { version: seen };
    await inside.db
      .update(units)
      .set({ ...after, version: sql`${units.version} + 1` })
      .where(and(eq(units.id, unitId), eq(units.version, seen)));
    await noteSetting(inside, { unitId, what: 'unit', before, after });
    return { version: seen + 1 };
  });
}
