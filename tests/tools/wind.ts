/** Gives the clockwork of a running house a turn now, as its clock does: nobody waits for the minute, the hour or the night. */
import { PgBoss } from 'pg-boss';
import type { HouseUnderTest } from './house-under-test.ts';

/** Puts a turn into the queue (`SWEEP`, `NIGHTLY`, …); a worker of the house takes it up within two seconds. */
export async function wind({ databaseUrl }: Pick<HouseUnderTest, 'databaseUrl'>, queue: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 1, supervise: false, schedule: false, migrate: false });
  await boss.start();
  await boss.send(queue);
  await boss.stop({ graceful: false });
}
