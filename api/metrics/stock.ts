/** What waits in the database, read when Prometheus asks: the outbox, late cases, the clockwork, connections. */
import { sql } from 'drizzle-orm';
import { Gauge, type Registry } from 'prom-client';
import type { Db } from '../../db/connect.ts';
import type { Clock } from '../dates.ts';

interface Waiting extends Record<string, unknown> {
  due: number;
  later: number;
  oldest: number | null;
  overdue: number;
}

/** Over the partial indexes of what waits: however much there ever was, only that is walked. */
const waiting = (now: string) => sql`
  select count(*) filter (where next_try_at <= ${now}::timestamptz)::int as due,
         count(*) filter (where next_try_at > ${now}::timestamptz)::int as later,
         extract(epoch from ${now}::timestamptz - min(created_at))::float as oldest,
         (select count(*)::int from cases
           where status in ('open', 'entering') and due_at < ${now}::timestamptz) as overdue
    from messages where state = 'queued'`;

/** Turns that should have begun, by the database's own time, which the clockwork goes by. */
const jobs = sql`
  select q.name as job, coalesce(extract(epoch from now() - min(j.start_after)), 0)::float as late,
         (select count(*)::int from pgboss.job f where f.name = q.name and f.state = 'failed') as failed
    from pgboss.queue q
    left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry') and j.start_after <= now()
   where q.name not like '\\_\\_%' group by q.name`;

/** The queue makes up an id at each start and puts it behind a colon: with it each start would be a series of its own, for ever. */
const connections = sql`
  select coalesce(nullif(split_part(application_name, ':', 1), ''), 'other') as program, coalesce(state, 'other') as state, count(*)::int as number
    from pg_stat_activity where datname = current_database() group by 1, 2`;

/** Adds these to what a worker shows. @returns what reads them; it never throws: a database that is away is shown as that */
export function watchStock(registry: Registry, db: Db, clock: Clock): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `tuiguan_${name}`, help, labelNames, registers: [registry] });
  const up = gauge('database_up', 'Whether the database answered');
  const messages = gauge('messages_waiting', 'Messages not sent yet: due now, or to be tried later', 'when');
  const oldest = gauge('messages_oldest_waiting_seconds', 'Age of the oldest message that waits');
  const overdue = gauge('cases_overdue', 'Cases that nobody decided in time');
  const late = gauge('job_late_seconds', 'For how long a turn of the clockwork has been due', 'job');
  const failed = gauge('job_failed', 'Turns that were given up, as long as they are remembered', 'job');
  const held = gauge('database_connections', 'Connections to this database, by program and state', 'program', 'state');

  const read = async () => {
    const [row] = await db.execute<Waiting>(waiting(clock().toISOString()));
    messages.set({ when: 'due' }, row?.due ?? 0);
    messages.set({ when: 'later' }, row?.later ?? 0);
    oldest.set(row?.oldest ?? 0);
    overdue.set(row?.overdue ?? 0);
    for (const one of await db.execute<{ job: string; late: number; failed: number }>(jobs)) {
      late.set({ job: one.job }, one.late);
      failed.set({ job: one.job }, one.failed);
    }
    held.reset();
    for (const one of await db.execute<{ program: string; state: string; number: number }>(connections))
      held.set({ program: one.program, state: one.state }, one.number);
  };
  return () =>
    read().then(
      () => up.set(1),
      () => up.set(0),
    );
}
