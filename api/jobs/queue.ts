/** The queue: pg-boss in the same PostgreSQL, with its own connections. Jobs carry ids only; the rows are the truth. */
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Queue } from '../ports.ts';

export const DELIVER = 'deliver';
export const SWEEP = 'sweep';
export const NIGHTLY = 'nightly';

export interface RunningQueue {
  queue: Queue;
  boss: PgBoss;
  stop(): Promise<void>;
}

/** Starts the queue. Only workers supervise it and run its clock. */
export async function startQueue(
  url: string,
  role: 'worker' | 'sender',
  report: (error: Error) => void,
): Promise<RunningQueue> {
  const works = role === 'worker';
  const boss = new PgBoss({
    connectionString: url,
    max: works ? 6 : 2,
    supervise: works,
    schedule: works,
    useListenNotify: works,
  });
  boss.on('error', report);
  await boss.start();
  await boss.createQueue(DELIVER, { retryLimit: 3, retryBackoff: true, deleteAfterSeconds: 3600, notify: true });
  await boss.createQueue(SWEEP, { policy: 'short', retryLimit: 0, deleteAfterSeconds: 600 });
  await boss.createQueue(NIGHTLY, { policy: 'short', retryLimit: 2, deleteAfterSeconds: 86_400 });
  return {
    boss,
    queue: {
      async send(tx, job, data) {
        await boss.send(job, data, { db: fromDrizzle(tx, sql) });
      },
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}
