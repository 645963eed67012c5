/** The usual reasons of a service at a unit: the service's own, and those that the unit added. */
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { reasonVerbs, usualReasons, type ReasonVerb } from '../../db/schema/settings.ts';
import { say } from '../../locales/index.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { allServices, serviceOf } from '../engine/catalogue.ts';
import { takesReasons } from '../engine/verb-forms.ts';
import { serviceKey } from '../engine/texts.ts';
import { unitOf } from './unit-settings.ts';

export const reasonLists = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  kind: z.string(),
  /** Services that can be returned or refused. */
  services: z.array(z.object({ kind: z.string(), title: z.string() })),
  lists: z.array(
    z.object({
      verb: z.enum(reasonVerbs),
      /** Those of the service, in the reader's words. */
      given: z.array(z.string()),
      own: z.array(z.string()),
      version: z.int(),
    }),
  ),
  mayChange: z.boolean(),
});
export type ReasonLists = z.infer<typeof reasonLists>;

/** Of the first service when none is named. @throws not-signed-in, not-allowed, not-found */
export async function readReasons(ctx: Ctx, unitId: string, wanted: string | undefined): Promise<ReasonLists> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'settings.read', { unitPath: unit.path });
  const services = allServices().filter(({ reasons }) => reasons);
  const service = wanted ? serviceOf(wanted) : services[0];
  const kind = service?.kind ?? '';
  const rows = await ctx.db
    .select()
    .from(usualReasons)
    .where(and(eq(usualReasons.unitId, unitId), eq(usualReasons.kind, kind)));
  const listOf = (verb: ReasonVerb) => {
    const row = rows.find((one) => one.verb === verb);
    const given = (service?.reasons?.[verb] ?? []).map((key) => say(ctx.locale, serviceKey(kind, `${verb}.${key}`)));
    return { verb, given, own: row?.reasons ?? [], version: row?.version ?? 0 };
  };
  return {
    unit: { id: unit.id, name: unit.name },
    kind,
    services: services.map((one) => ({ kind: one.kind, title: say(ctx.locale, serviceKey(one.kind, 'title')) })),
    lists: reasonVerbs.filter((verb) => service && takesReasons(service, verb)).map(listOf),
    mayChange: can(ctx.actor, 'settings.write', { unitPath: unit.path }),
  };
}
