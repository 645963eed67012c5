/** What the two programs of this folder are told on the command line. */
import { parseArgs } from 'node:util';
import { DEFAULT_DATA_DIR } from './database.ts';

export interface FillArguments {
  retirees: number;
  cases: number;
  dataDir: string;
}

const MILLION = '1000000';

/** `--cases N --retirees N --data-dir DIR`. @throws naming what is wrong */
export function fillArguments(argv: string[]): FillArguments {
  const { values } = parseArgs({
    args: argv,
    options: {
      cases: { type: 'string', default: MILLION },
      retirees: { type: 'string', default: MILLION },
      'data-dir': { type: 'string', default: DEFAULT_DATA_DIR },
    },
  });
  return {
    retirees: count('--retirees', values.retirees),
    cases: count('--cases', values.cases),
    dataDir: values['data-dir'],
  };
}

function count(name: string, typed: string): number {
  const number = Number(typed);
  if (!Number.isInteger(number) || number < 1000 || number > 10_000_000)
    throw new Error(`${name}: wants a whole number from 1,000 to 10,000,000, not "${typed}"`);
  return number;
}

/** Those that are taken on the large database; the others have a small one of their own. */
export const onLarge = ['ratios', 'latencies', 'lifecycles', 'bot', 'spikes', 'figures'] as const;
export const measures = [...onLarge, 'rush', 'ask', 'delivery'] as const;
export type Measure = (typeof measures)[number];

export interface RunArguments {
  /** Seconds for each measurement. */
  seconds: number;
  /** Seconds for each rate of the spikes. */
  phaseSeconds: number;
  /** Seconds of messages, and how many updates are handed over again. */
  messageSeconds: number;
  replays: number;
  /** Where the tables are written as JSON. */
  json: string | null;
  only: readonly Measure[];
  dataDir: string;
}

const QUICK = { seconds: 3, phaseSeconds: 6, messageSeconds: 10, replays: 1000 };
const WHOLE = { seconds: 10, phaseSeconds: 60, messageSeconds: 60, replays: 10_000 };

/** `--quick --json FILE --only NAMES --data-dir DIR`. @throws naming what is wrong */
export function runArguments(argv: string[]): RunArguments {
  const { values } = parseArgs({
    args: argv,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      only: { type: 'string', default: measures.join() },
      'data-dir': { type: 'string', default: DEFAULT_DATA_DIR },
    },
  });
  const only = values.only.split(',').map((name) => {
    const found = measures.find((one) => one === name.trim());
    if (!found) throw new Error(`--only: there is no "${name}"; there are ${measures.join(', ')}`);
    return found;
  });
  const lengths = values.quick ? QUICK : WHOLE;
  return { ...lengths, json: values.json ?? null, only, dataDir: values['data-dir'] };
}

/** Reads the command line with one of the two above, or ends the program saying what is wrong. */
export function readArguments<T>(read: (argv: string[]) => T): T {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
