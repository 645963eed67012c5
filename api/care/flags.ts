/**
 * Special-care flags of a retiree (第十三条, 第二十四条（三）): read and kept by those who visit or decide, each reading recorded. They
 * stand in no search, no message and no list; those who keep them narrow what waits by one (`by-flag.ts`).
 */
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { careFlagReadings, careFlags, keptFlags, type KeptFlag } from '../../db/schema/care.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { flagsChanged } from './errors.ts';
import { isAged } from './rules.ts';

export const heldFlags = z.object({
  retiree: z.object({ id: z.string(), name: z.string() }),
  flags: z.array(z.enum(keptFlags)),
  /** 高龄, by the day of birth. */
  aged: z.boolean(),
  /** To be named when saving; 0 when nothing was kept yet. */
  version: z.int(),
});
export type Flags = z.infer<typeof heldFlags>;

/** What is kept of a retiree. The reading is recorded before it is answered. @throws not-signed-in, not-found */
export async function readFlags(ctx: Ctx, retireeId: string): Promise<Flags> {
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const flags = await allowed(inside, retireeId);
    await record(inside, retireeId, 'read');
    return flags;
  });
}

/** Keeps the flags. @throws not-signed-in, not-found, flags-changed */
export async function setFlags(
  ctx: Ctx,
  retireeId: string,
  input: { flags: readonly KeptFlag[]; version: number },
): Promise<Flags> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const held = await allowed(inside, retireeId);
    const flags = keptFlags.filter((flag) => input.flags.includes(flag));
    await write(inside, retireeId, flags, input.version);
    await record(inside, retireeId, 'set');
    return { ...held, flags, version: input.version + 1 };
  });
}

async function write(ctx: Ctx, retireeId: string, flags: KeptFlag[], version: number): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  const row = { flags, flagged: flags.length > 0, version: version + 1, setBy: accountId, setAt: ctx.clock() };
  const [written] =
    version === 0
      ? await ctx.db
          .insert(careFlags)
          .values({ retireeId, ...row })
          .onConflictDoNothing()
          .returning({ version: careFlags.version })
      : await ctx.db
          .update(careFlags)
          .set(row)
          .where(and(eq(careFlags.retireeId, retireeId), eq(careFlags.version, version)))
          .returning({ version: careFlags.version });
  if (written) return;
  const [there] = await ctx.db.select().from(careFlags).where(eq(careFlags.retireeId, retireeId));
  throw flagsChanged(there?.version ?? 0);
}

async function allowed(ctx: Ctx, retireeId: string): Promise<Flags> {
  const [found] = await ctx.db
    .select({ name: retirees.name, born: retirees.born, unitId: care.unitId, kept: careFlags })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .leftJoin(careFlags, eq(careFlags.retireeId, retirees.id))
    .where(eq(retirees.id, retireeId));
  const carePath = found?.unitId ? (ctx.city.units.get(found.unitId)?.path ?? null) : null;
  ensureCanSee(ctx.actor, 'care-flags.keep', { retireeId, carePath });
  if (!found) throw notFound();
  return {
    retiree: { id: retireeId, name: found.name },
    flags: found.kept?.flags ?? [],
    aged: isAged(found.born, dayOf(ctx.clock())),
    version: found.kept?.version ?? 0,
  };
}

async function record(ctx: Ctx, retireeId: string, what: 'read' | 'set'): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  await ctx.db.insert(careFlagReadings).values({ retireeId, accountId, what, at: ctx.clock() });
}
