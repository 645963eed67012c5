/** The clockwork: delivers what the outbox holds, lets timers act, retries, and cleans up at night. Any number may run. */
import type { PgBoss } from 'pg-boss';
import { deliver, type Post } from '../delivery/deliver.ts';
import { lostMessages } from '../delivery/lost.ts';
import type { Ctx } from '../context.ts';
import { sweepTimers } from '../engine/cases/timers.ts';
import { nightly } from './nightly.ts';
import { DELIVER, NIGHTLY, SWEEP } from './queue.ts';

const JOBS_AT_ONCE = 20;
/** How often lost messages and due timers are looked for between the minutes of the queue's own clock. */
const TICK_MS = 2000;

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
  await boss.work<{ messages: string[] }>(
    DELIVER,
    { batchSize: JOBS_AT_ONCE, pollingIntervalSeconds: 0.5, localConcurrency: 2 },
    async (jobs) => {
      await deliver(
        post,
        jobs.flatMap((job) => job.data.messages),
      );
    },
  );
  await boss.work(SWEEP, async () => {
    await sweepTimers(ctx, report);
  });
  await boss.work(NIGHTLY, async () => {
    await nightly(ctx, headsDir, report);
  });
  await boss.schedule(SWEEP, '* * * * *');
  await boss.schedule(NIGHTLY, '20 3 * * *', null, { tz: 'Asia/Shanghai' });
  const ticking = startTicking(async () => {
    const lost = await lostMessages(ctx.db, ctx.clock());
    if (lost.length > 0) await deliver(post, lost);
  }, report);
  return {
    async stop() {
      await ticking.stop();
      await Promise.all([DELIVER, SWEEP, NIGHTLY].map((queue) => boss.offWork(queue)));
    },
  };
}

/** Runs something again and again, never twice at once; a failure is reported and the next tick tries again. */
function startTicking(act: () => Promise<void>, report: (error: unknown) => void): Worker {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = act()
      .catch(report)
      .finally(() => {
        busy = false;
      });
  }, TICK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
