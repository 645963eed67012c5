/** Opens the cases that nobody applies for: whoever a service's query says is due, page by page, night by night. */
import { system } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { AppError } from '../../errors.ts';
import { allServices } from '../catalogue.ts';
import type { Service } from '../service.ts';
import { loadSubject } from '../subjects.ts';
import { openCase } from './open.ts';

/**
 * Opens a case for everybody who is due and has none alive, each in a transaction of its own: a run cut short goes on the next
 * time, and two runs at once open one. Whoever cannot have one now (`must`) is passed over.
 * @param report is told of failures that are ours to mend; the others go on
 * @returns how many were opened
 */
export async function openDueCases(ctx: Ctx, report: (error: unknown) => void): Promise<number> {
  let opened = 0;
  for (const service of allServices()) {
    if (service.open.due) opened += await openAll({ ...ctx, actor: system }, service, service.open.due, report);
  }
  return opened;
}

async function openAll(
  ctx: Ctx,
  service: Service,
  due: NonNullable<Service['open']['due']>,
  report: (error: unknown) => void,
): Promise<number> {
  const today = dayOf(ctx.clock());
  let opened = 0;
  for (let after: string | null = null; ;) {
    const ids: string[] = await due(ctx.db, today, after);
    const last = ids.at(-1);
    if (last === undefined || last === after) return opened;
    for (const id of ids) if (await openOne(ctx, service, id, report)) opened += 1;
    after = last;
  }
}

async function openOne(ctx: Ctx, service: Service, id: string, report: (error: unknown) => void): Promise<boolean> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const inside = { ...ctx, db: tx };
      const subject = await loadSubject(inside, service.subject, id);
      if (!subject) return false;
      return (await openCase(inside, { service, subject, capacity: 'system', answers: [] })).fresh;
    });
  } catch (error) {
    if (!(error instanceof AppError)) report(error);
    return false;
  }
}
