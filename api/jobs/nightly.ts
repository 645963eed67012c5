/** What is done every night. Each part may be done again; one that fails does not keep the others from their turn. */
import { reckonAll } from '../calendar/follow-changes.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { openDueCases } from '../engine/cases/due.ts';
import { writeHeads } from '../engine/heads.ts';
import { countMonths } from '../figures/count-months.ts';
import { removeOld } from '../retention/remove-old.ts';

/** @throws when a part failed, so that the queue tries the night again */
export async function nightly(ctx: Ctx, headsDir: string, report: (error: unknown) => void): Promise<void> {
  const parts: (() => Promise<unknown>)[] = [
    () => reckonAll(ctx),
    () => openDueCases(ctx, report),
    () => removeOld(ctx.db, ctx.city.keep, ctx.clock()),
    () => countMonths(ctx),
    () => writeHeads(ctx.db, headsDir, dayOf(ctx.clock())),
  ];
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Parts of the night failed.');
}
