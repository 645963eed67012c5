/** A unit's phone and hours as they are, and what 找人 would say by others. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { units } from '../../db/schema/registry.ts';
import { can, ensureCan } from '../access/can.ts';
import { cardOf, helpCard, type HelpCard } from '../access/me.ts';
import { responsibleAt } from '../access/responsible.ts';
import type { Ctx } from '../context.ts';
import { dayOf, startOf } from '../dates.ts';
import { notFound } from '../errors.ts';
import { fitSettings, openingHours, unitOf, type UnitSettings } from './unit-settings.ts';

export const unitSettings = z.object({
  unit: z.object({ id: z.string(), name: z.string(), fullName: z.string() }),
  phone: z.string().nullable(),
  hours: openingHours.nullable(),
  version: z.int(),
  mayChange: z.boolean(),
});
export type UnitSettingsView = z.infer<typeof unitSettings>;

/** From the table: whoever has just changed it sees the change at once. @throws not-signed-in, not-allowed, not-found */
export async function readUnitSettings(ctx: Ctx, unitId: string): Promise<UnitSettingsView> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'settings.read', { unitPath: unit.path });
  const [row] = await ctx.db
    .select({ phone: units.phone, hours: units.hours, version: units.version })
    .from(units)
    .where(eq(units.id, unitId));
  if (!row) throw notFound();
  return {
    unit: { id: unit.id, name: unit.name, fullName: ctx.city.units.fullName(unit) },
    ...row,
    mayChange: can(ctx.actor, 'settings.write', { unitPath: unit.path }),
  };
}

/** What 找人 would show: now, and this evening when nobody is there. */
export const helpPreview = z.object({ now: helpCard, evening: helpCard });
export type HelpPreview = z.infer<typeof helpPreview>;

const EVENING_HOUR = 20;

/** Nothing is kept. @throws not-signed-in, not-allowed, not-found, not-an-office-phone, hours-backwards, hours-day-twice */
export async function previewUnit(ctx: Ctx, unitId: string, wanted: UnitSettings): Promise<HelpPreview> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'settings.write', { unitPath: unit.path });
  const changed = { ...unit, ...fitSettings(ctx, wanted) };
  const named = (await responsibleAt(ctx, [unitId])).get(unitId);
  const responsible = named?.deputy ?? named?.name ?? null;
  const at = (moment: Date): HelpCard => ({ ...cardOf(ctx, changed, moment), responsible });
  const now = ctx.clock();
  const evening = new Date(startOf(dayOf(now)).getTime() + EVENING_HOUR * 3_600_000);
  return { now: at(now), evening: at(evening) };
}
