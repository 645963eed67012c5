/** What a process counts of itself, for Prometheus. Labels are kinds of things: never a person, a number or an address. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One request, answered. `via` tells people's browsers from the bot's calls inside of this process. */
export interface Answered {
  via: 'browser' | 'chat';
  method: string;
  /** The pattern of the route, as it is written in the code. */
  route: string;
  status: number;
  seconds: number;
}

/** One message, tried. */
export interface Tried {
  way: string;
  outcome: string;
}

export interface Metrics {
  registry: Registry;
  answered(request: Answered): void;
  tried(message: Tried): void;
  /** Takes the time of one turn of the clockwork. */
  job<T>(name: string, act: () => Promise<T>): Promise<T>;
}

/** From what nobody notices to what nobody waits for. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];
/** Whoever calls may invent others. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** Opens what this process counts; every series says which role it is of. `pool`: connections it may hold. */
export function openMetrics({ role, pool }: { role: string; pool: number }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'tuiguan_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['via', 'method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'tuiguan_http_request_duration_seconds',
    help: 'How long requests took, by route',
    labelNames: ['via', 'method', 'route'],
    buckets: SECONDS,
    registers,
  });
  const messages = new Counter({
    name: 'tuiguan_messages_total',
    help: 'Messages tried, by way and by what became of them (sent, kept for the own list, unreachable, later, failed, gone)',
    labelNames: ['way', 'outcome'],
    registers,
  });
  const runs = new Counter({
    name: 'tuiguan_job_runs_total',
    help: 'Turns of the clockwork, by how they ended',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const lasted = new Gauge({
    name: 'tuiguan_job_last_duration_seconds',
    help: 'How long the last turn took',
    labelNames: ['job'],
    registers,
  });
  const succeeded = new Gauge({
    name: 'tuiguan_job_last_success_timestamp_seconds',
    help: 'When this process last ended a turn well',
    labelNames: ['job'],
    registers,
  });
  new Gauge({
    name: 'tuiguan_database_pool_size',
    help: 'Connections to PostgreSQL this process may hold',
    registers,
  }).set(pool);
  return {
    registry,
    answered({ via, method: given, route, status, seconds }) {
      const method = METHODS.has(given) ? given : 'other';
      requests.inc({ via, method, route, status });
      durations.observe({ via, method, route }, seconds);
    },
    tried: (message) => messages.inc({ ...message }),
    async job(job, act) {
      const end = lasted.startTimer({ job });
      try {
        const result = await act();
        runs.inc({ job, outcome: 'done' });
        succeeded.setToCurrentTime({ job });
        return result;
      } catch (error) {
        runs.inc({ job, outcome: 'failed' });
        throw error;
      } finally {
        end();
      }
    },
  };
}
