/** Entering a step: which step comes next, which unit acts in it, and by when. */
import { and, eq, isNull } from 'drizzle-orm';
import { timers, type Status } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import type { Unit } from '../../ports.ts';
import { stepOf } from '../catalogue.ts';
import { deadline } from '../deadline.ts';
import type { AnyStep, Opening, Service, AnySubject } from '../service.ts';

/** What a case's row becomes by entering a step. */
export interface Entered {
  step: string;
  status: Status;
  unitId: string;
  dueAt: Date;
  clockFrom: Date;
  clockDays: number;
}

/** Finds the first step from `name` on that applies, and who acts there by when. */
export function enterStep(
  ctx: Ctx,
  service: Service,
  name: string,
  opening: Opening<Record<string, unknown>, AnySubject | null>,
  before: Unit | null,
): Entered {
  const [found, step] = applying(service, name, opening);
  const unit = unitOf(ctx, step, opening, before);
  const now = ctx.clock();
  const days = step.within ?? daysAfter(ctx, step) ?? service.promise;
  return {
    step: found,
    status: step.entry ? 'entering' : 'open',
    unitId: unit.id,
    dueAt: deadline(now, days, ctx.city.calendar),
    clockFrom: now,
    clockDays: days,
  };
}

/** Working days after which the clock acts in a step; null when it does not. */
export function daysAfter({ city }: Ctx, { after }: AnyStep): number | null {
  return typeof after === 'string' ? city.settings[after] : (after ?? null);
}

/** Sets the timer of a step that ends by itself; `days` when some of its working days have passed already. */
export async function setTimer(ctx: Ctx, caseId: string, round: number, step: AnyStep, days?: number): Promise<void> {
  const after = daysAfter(ctx, step);
  if (after === null) return;
  const now = ctx.clock();
  const workingDays = days ?? after;
  await ctx.db.insert(timers).values({
    caseId,
    round,
    fromAt: now,
    workingDays,
    dueAt: deadline(now, workingDays, ctx.city.calendar),
  });
}

/** The timer of a step goes on while the case changes hands inside it. */
export async function carryTimer(ctx: Ctx, caseId: string, from: number, to: number): Promise<void> {
  await ctx.db
    .update(timers)
    .set({ round: to })
    .where(and(eq(timers.caseId, caseId), eq(timers.round, from), isNull(timers.firedAt)));
}

/** Steps whose condition does not hold are passed over by their own `approve`. */
function applying(
  service: Service,
  name: string,
  opening: Opening<Record<string, unknown>, AnySubject | null>,
): [string, AnyStep] {
  const step = stepOf(service, name);
  if (!step.when || step.when(opening as never)) return [name, step];
  const next = step.on.approve?.to;
  if (!next || next === 'here' || !(next in service.steps))
    throw new Error(`Step "${name}" of "${service.kind}" is passed over into nothing.`);
  return applying(service, next, opening);
}

function unitOf(
  ctx: Ctx,
  step: AnyStep,
  opening: Opening<Record<string, unknown>, AnySubject | null>,
  before: Unit | null,
): Unit {
  if (!step.at) return before ?? ctx.city.units.cityAgency();
  return step.at(opening as never) ?? ctx.city.units.cityAgency();
}
