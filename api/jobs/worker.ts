/** The clockwork: empties the outbox, lets timers act, and cleans up at night. Any number may run. */
import type { PgBoss } from 'pg-boss';
import { sweepActivities } from '../activities/sweep.ts';
import { followChanges } from '../calendar/follow-changes.ts';
import { greetBirthdays } from '../care/greet-birthdays.ts';
import { sendDigests } from '../digest/send-digests.ts';
import type { Post } from '../delivery/deliver.ts';
import { startPostman } from '../delivery/postman.ts';
import type { Ctx } from '../context.ts';
import { escalate } from '../escalation/escalate.ts';
import { sweepTimers } from '../engine/cases/timers.ts';
import { remindTerms } from '../groups/remind-terms.ts';
import { walkNotices } from '../notices/walk.ts';
import { nightly } from './nightly.ts';
import { DIGEST, ESCALATE, GREET, NIGHTLY, SWEEP } from './queue.ts';

export interface Worker {
  stop(): Promise<void>;
}

/** What a worker stands on. `ctx` acts as the system; `headsDir` is where the nightly heads of the timelines go. */
export interface Works {
  boss: PgBoss;
  ctx: Ctx;
  post: Post;
  headsDir: string;
  report: (error: unknown) => void;
  /** Stands around every turn, to take its time. */
  watch?: (job: string, act: () => Promise<void>) => Promise<void>;
}

/** Starts working. */
export async function startWorker({ boss, ctx: standing, post, headsDir, report, watch }: Works): Promise<Worker> {
  const turns: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    [SWEEP]: async (ctx) => {
      // Timers fire by the calendar as it is now.
      await followChanges(ctx).catch(report);
      await sweepTimers(ctx, report);
      await walkNotices(ctx).catch(report);
      await sweepActivities(ctx).catch(report);
    },
    [NIGHTLY]: (ctx) => nightly(ctx, headsDir, report),
    [ESCALATE]: escalate,
    [DIGEST]: sendDigests,
    // At nine in the morning nobody is woken.
    [GREET]: async (ctx) => {
      await greetBirthdays(ctx);
      await remindTerms(ctx);
    },
  };
  for (const [queue, turn] of Object.entries(turns))
    await boss.work(queue, async ([job]) => {
      const act = async () => {
        await turn({ ...standing, requestId: job?.id });
      };
      await (watch ? watch(queue, act) : act());
    });
  await boss.schedule(SWEEP, '* * * * *');
  await boss.schedule(NIGHTLY, '20 3 * * *', null, { tz: 'Asia/Shanghai' });
  // Deadlines end with their day; what a stopped worker missed in the morning is told within the hour.
  await boss.schedule(ESCALATE, '5 8-20 * * *', null, { tz: 'Asia/Shanghai' });
  await boss.schedule(DIGEST, '30 8 * * *', null, { tz: 'Asia/Shanghai' });
  await boss.schedule(GREET, '0 9 * * *', null, { tz: 'Asia/Shanghai' });
  const postman = startPostman(post, report);
  return {
    async stop() {
      await postman.stop();
      await Promise.all(Object.keys(turns).map((queue) => boss.offWork(queue)));
    },
  };
}
