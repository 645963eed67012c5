/**
 * A death ends what the retiree had under way: cases of every service that does not go on after it (`endsAtDeath`). Undone, each
 * goes on where it stood, with the working days that were left; one whose effects were released is decided from the start.
 */
import { and, eq, inArray, ne } from 'drizzle-orm';
import { cases } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { asValues, ownAnswers } from '../cases/answers.ts';
import { liveReceipts, undoEffects } from '../cases/effects.ts';
import { addEvent } from '../cases/event.ts';
import { enterStep, setTimer } from '../cases/step.ts';
import { save } from '../cases/write.ts';
import { serviceOf, stepOf } from '../catalogue.ts';
import { deadline, workingDaysLeft } from '../deadline.ts';
import { readingRoom, type CaseRow } from '../drafts/load.ts';
import { defineEffect } from '../effect.ts';
import { tellStaff } from '../notices.ts';
import { loadSubject } from '../subjects.ts';

interface Ended {
  caseId: string;
  status: CaseRow['status'];
  step: string | null;
  /** Working days that were left; null while it was with the applicant. */
  days: number | null;
  /** Whether something that it had done was taken back: then its steps begin again. */
  released: boolean;
}

/** More than one person ever had under way. */
const MOST = 100;

export const endCases = defineEffect<{ retireeId: string }, Ended[]>({
  name: 'end-cases',
  async apply(ctx, { retireeId }, cause) {
    const rows = await ctx.db
      .select()
      .from(cases)
      .where(
        and(eq(cases.subjectId, retireeId), inArray(cases.status, ['open', 'returned']), ne(cases.id, cause.caseId)),
      )
      .orderBy(cases.id)
      .limit(MOST)
      .for('update');
    const ended: Ended[] = [];
    for (const row of rows) {
      const one = serviceOf(row.kind).endsAtDeath === false ? null : await endIfItCan(ctx, row);
      if (one) ended.push(one);
    }
    return ended;
  },
  async undo(ctx, ended) {
    for (const one of ended) await revive(ctx, one);
  },
});

/** What has been paid already is not taken back: its case goes on to its filing, and null is given. */
async function endIfItCan(ctx: Ctx, row: CaseRow): Promise<Ended | null> {
  try {
    return await ctx.db.transaction((tx) => end({ ...ctx, db: tx }, row));
  } catch (error) {
    if (error instanceof AppError && error.code === 'later-facts') return null;
    throw error;
  }
}

async function end(ctx: Ctx, row: CaseRow): Promise<Ended> {
  const { id, status, step, unitId, clockFrom, clockDays } = row;
  const left =
    clockFrom && clockDays ? workingDaysLeft(clockFrom, clockDays, ctx.clock(), ctx.city.calendar) : clockDays;
  const released = (await liveReceipts(ctx, id)).length > 0;
  await addEvent(ctx, { caseId: id, verb: 'end', step, status: 'withdrawn', unitId, payload: {} });
  await undoEffects(ctx, row);
  // Another round, so that no timer of the step acts on what has ended.
  const after = await save(ctx, row, {
    status: 'withdrawn',
    step: null,
    dueAt: null,
    closedAt: ctx.clock(),
    round: row.round + 1,
  });
  await tellStaff(ctx, await toldOf(ctx, after), 'end');
  return { caseId: id, status, step, days: left, released };
}

async function revive(ctx: Ctx, { caseId, status, step, days, released }: Ended): Promise<void> {
  const [row] = await ctx.db.select().from(cases).where(eq(cases.id, caseId)).for('update');
  if (!row || row.status !== 'withdrawn') return;
  const told = await toldOf(ctx, row);
  const { service, subject } = told;
  const answers = asValues(service.ask.entries, await ownAnswers(ctx, row.id), readingRoom(ctx));
  const [first = ''] = Object.keys(service.steps);
  const unit = ctx.city.units.get(row.unitId);
  const entered = enterStep(ctx, service, first, { subject, answers, units: ctx.city.units }, unit);
  const now = ctx.clock();
  const clock =
    status === 'returned' || days === null
      ? { dueAt: null, clockFrom: null, clockDays: days }
      : { dueAt: deadline(now, days, ctx.city.calendar), clockFrom: now, clockDays: days };
  const change = released ? entered : { status, step, ...clock };
  await addEvent(ctx, {
    caseId,
    verb: 'revive',
    step: change.step,
    status: change.status,
    unitId: row.unitId,
    payload: {},
  });
  const after = await save(ctx, row, { ...change, closedAt: null, round: row.round + 1 });
  if (change.step && change.status === 'open')
    await setTimer(ctx, caseId, after.round, stepOf(service, change.step), released ? undefined : (days ?? undefined));
  await tellStaff(ctx, { ...told, row: after }, 'revive');
}

async function toldOf(ctx: Ctx, row: CaseRow) {
  const service = serviceOf(row.kind);
  return { row, service, subject: await loadSubject(ctx, service.subject, row.subjectId) };
}
