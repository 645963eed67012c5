/** The clock of the clockwork: pg-boss in the same PostgreSQL, so that of all workers one does what is to be done once. */
import { PgBoss } from 'pg-boss';

export const SWEEP = 'sweep';
export const NIGHTLY = 'nightly';
export const ESCALATE = 'escalate';
export const DIGEST = 'digest';
export const GREET = 'greet';

/** Connections for the clock; what it winds has the product's own. */
const CONNECTIONS = 3;

/** Starts the clock of a worker. */
export async function startQueue(url: string, report: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: url, max: CONNECTIONS, supervise: true, schedule: true });
  boss.on('error', report);
  await boss.start();
  await boss.createQueue(SWEEP, { policy: 'short', retryLimit: 0, deleteAfterSeconds: 600 });
  await boss.createQueue(NIGHTLY, { policy: 'short', retryLimit: 2, deleteAfterSeconds: 86_400 });
  await boss.createQueue(ESCALATE, { policy: 'short', retryLimit: 2, deleteAfterSeconds: 86_400 });
  await boss.createQueue(DIGEST, { policy: 'short', retryLimit: 2, deleteAfterSeconds: 86_400 });
  await boss.createQueue(GREET, { policy: 'short', retryLimit: 2, deleteAfterSeconds: 86_400 });
  return boss;
}

export const stopQueue = (boss: PgBoss): Promise<void> => boss.stop({ graceful: true, timeout: 5000 });
