/** Adds up what the database counted, for one row of a table. Pure. */
import { daysWithin, type Stars } from './rules.ts';
import type { Counts } from './shapes.ts';

/** Cases that came in, of one branch, month and service. */
export interface Received {
  branch: number;
  month: number;
  kind: string;
  received: number;
  returned: number;
}

/** Cases that were decided in the same number of working days, of one branch, month or service; the other two are null. */
export interface Decided {
  branch: number | null;
  month: number | null;
  kind: string | null;
  days: number;
  /** Null where nobody kept it. */
  late: boolean | null;
  decided: number;
  stars: number;
  rated: number;
}

export function countsOf(received: readonly Received[], decided: readonly Decided[]): Counts {
  const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
  const histogram = new Map<number, number>();
  for (const { days, decided: count } of decided) histogram.set(days, (histogram.get(days) ?? 0) + count);
  const timed = decided.filter(({ late }) => late !== null);
  return {
    received: sum(received, (row) => row.received),
    returned: sum(received, (row) => row.returned),
    decided: sum(decided, (row) => row.decided),
    timed: sum(timed, (row) => row.decided),
    onTime: sum(
      timed.filter(({ late }) => !late),
      (row) => row.decided,
    ),
    medianDays: daysWithin(histogram, 0.5),
    p90Days: daysWithin(histogram, 0.9),
  };
}

/** What people said: the sum of the stars, and how many gave some. */
export type Rated = Pick<Decided, 'stars' | 'rated'>;

export function starsOf(rows: readonly Rated[]): Stars {
  return rows.reduce(({ sum, count }, { stars, rated }) => ({ sum: sum + stars, count: count + rated }), {
    sum: 0,
    count: 0,
  });
}
