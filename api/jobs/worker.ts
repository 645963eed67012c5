/** The clockwork: empties the outbox, lets timers act, and cleans up at night. Any number may run. */
import type { PgBoss } from 'pg-boss';
import { followChanges } from '../calendar/follow-changes.ts';
import { greetBirthdays } from '../care/greet-birthdays.ts';
import { sendDigests } from '../digest/send-digests.ts';
import type { Post } from '../delivery/deliver.ts';
import { startPostman } from '../delivery/postman.ts';
import type { Ctx } from '../context.ts';
import { escalate } from '../escalation/escalate.ts';
import { sweepTimers } from '../engine/cases/timers.ts';
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
}

/** Starts working. */
export async function startWorker({ boss, ctx, post, headsDir, report }: Works): Promise<Worker> {
  await boss.work(SWEEP, async () => {
    // Timers fire by the calendar as it is now.
    await followChanges(ctx).catch(report);
    await sweepTimers(ctx, report);
    await walkNotices(ctx).catch(report);
  });
  await boss.work(NIGHTLY, async () => {
    await nightly(ctx, headsDir, report);
  });
  await boss.work(ESCALATE, async () => {
    await escalate(ctx);
  });
  await boss.work(DIGEST, async () => {
    await sendDigests(ctx);
  });
  await boss.work(GREET, async () => {
    await greetBirthdays(ctx);
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
      await Promise.all([SWEEP, NIGHTLY, ESCALATE, DIGEST, GREET].map((queue) => boss.offWork(queue)));
    },
  };
}
