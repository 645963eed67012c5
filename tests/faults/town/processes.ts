/** The product's processes, as an operator runs them: two for the pages, a worker and a bot, each killed and started alone. */
import { startProgram, type Program } from '../../bench/run/process.ts';

export const processNames = ['web', 'web2', 'worker', 'bot'] as const;
export type ProcessName = (typeof processNames)[number];
const JUMPING_CLOCK = ['--import', './tests/faults/town/jumping-clock.ts'];

export interface Processes {
  /** Where the pages are, by both. */
  urls: readonly string[];
  /** `kill -9`. */
  kill(name: ProcessName): Promise<void>;
  /** Starts it again, where it was. */
  start(name: ProcessName): Promise<void>;
  /** Tells all of them how far ahead of the machine's clock theirs is. */
  setAhead(ms: number): void;
  /** Asks what the flags loaded into it. */
  ask<T>(name: ProcessName): Promise<T>;
  /** Lets this one, or all of them, come to their end. */
  stop(name?: ProcessName): Promise<void>;
}

/** Another one of these, on any database: for those that start at once on a new one. */
export const startOne = (name: ProcessName, env: Record<string, string>, flags = JUMPING_CLOCK): Promise<Program> =>
  startProgram(
    'main.ts',
    { ROLE: name === 'web2' ? 'web' : name, PORT: '0', LOG_LEVEL: 'fatal', ...env },
    name === 'web' || name === 'web2' ? undefined : new RegExp(name),
    flags,
  );

export async function startProcesses(
  env: Record<string, string>,
  aheadMs: () => number,
  flags: readonly string[],
): Promise<Processes> {
  const running = new Map<ProcessName, Program>();
  const ports = new Map<ProcessName, string>();
  const start = async (name: ProcessName) => {
    const PORT = ports.get(name) ?? '0';
    const program = await startOne(name, { ...env, PORT, CLOCK_AHEAD_MS: String(aheadMs()) }, [
      ...JUMPING_CLOCK,
      ...flags,
    ]);
    running.set(name, program);
    if (program.url.startsWith('http')) ports.set(name, new URL(program.url).port);
  };
  // The first brings the tables up; the others would only wait for it.
  for (const name of processNames) await start(name);
  return {
    urls: ['web', 'web2'].map((name) => running.get(name as ProcessName)?.url ?? ''),
    start,
    async kill(name) {
      await running.get(name)?.kill();
      running.delete(name);
    },
    setAhead: (ms) => running.forEach((program) => program.send({ aheadMs: ms })),
    ask: async <T>(name: ProcessName) => (await running.get(name)?.ask<T>()) as T,
    async stop(name) {
      const ending = [...running].filter(([one]) => name === undefined || one === name);
      for (const [one] of ending) running.delete(one);
      await Promise.all(ending.map(([, program]) => program.stop()));
    },
  };
}
