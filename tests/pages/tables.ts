/** What a run of `npm run test:pages` found, as tables in Markdown. */
import { readTable, type Result } from './notes.ts';
import { standard, type Check } from './standard.ts';

/** Every row of the standard with what holds it. A row passes when every test of every check passed, and each was there. */
export function standardTable(results: readonly Result[]): string {
  const rows = standard.map(({ row, says, checks }) => {
    const held = checks.map((check) => ({ check, ...count(check, results) }));
    const ok = held.every(({ passed, of }) => of > 0 && passed === of);
    const words = held.map(({ check, passed, of }) => `${nameOf(check)} ${passed}/${of}`);
    const isMissing = held.some(({ of }) => of === 0);
    return [row, says, words.join(', '), ok ? 'pass' : isMissing ? 'not run' : '**fail**'];
  });
  return `${titled('Every row of the standard')}${table(['row', 'holds', 'checked by', ''], rows)}`;
}

/** Titles of parametrized tests are written with their arguments: `%s` stands for any. */
function count({ file, test }: Check, results: readonly Result[]): { passed: number; of: number } {
  const title = new RegExp(`^${test.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%s', '.*')}$`);
  const found = results.filter((result) => result.file === file && title.test(result.title));
  return { passed: found.filter(({ status }) => status === 'passed').length, of: found.length };
}

const nameOf = ({ file }: Check): string => file.replace(/^tests\//, '').replace(/\.test\.ts$/, '');

/** Everything that was measured; what did not run is left out. */
export function tables(): string[] {
  return [costTable(), speedTable(), statesTable()].filter((one) => one !== '');
}

interface Cost {
  job: string;
  where: string;
  taps: number;
  typed: number;
  read: number;
  seconds: number;
}

function costTable(): string {
  const rows = readTable<Cost>('cost').toSorted((one, other) => one.job.localeCompare(other.job));
  if (rows.length === 0) return '';
  const head = ['job', 'where', 'taps', 'typed characters', 'pages or messages', 'seconds of waiting'];
  const cells = rows.map(({ job, where, taps, typed, read, seconds }) => [job, where, taps, typed, read, seconds]);
  return `${titled('Cost of use')}${table(head, cells)}`;
}

interface Speed {
  what: string;
  value: number;
  limit: number;
  unit: string;
}

function speedTable(): string {
  const rows = readTable<Speed>('speed');
  if (rows.length === 0) return '';
  const cells = rows.map(({ what, value, limit, unit }) => [
    what,
    `${value} ${unit}`.trim(),
    `${limit} ${unit}`.trim(),
    value <= limit ? 'pass' : '**over**',
  ]);
  const machine = readTable<{ benchmarkIndex: number }>('machine').map(({ benchmarkIndex }) => benchmarkIndex);
  const middle = machine.toSorted((one, other) => one - other)[machine.length >> 1];
  // What else the machine has to do slows down what Lighthouse measures; its index says how fast the machine was then.
  const words =
    middle === undefined ? '' : `\nThe machine while Lighthouse ran: benchmark index ${Math.round(middle)}.\n`;
  return `${titled('Speed')}${table(['what', 'measured', 'budget', ''], cells)}${words}`;
}

interface Seen {
  page: string;
  state: string;
  faults: Record<string, string[]> | string[];
}

/** How many pages were looked at in each state, and on which something was found. */
function statesTable(): string {
  const groups: [string, Seen[]][] = [
    ...['filled', 'states', 'wrong'].flatMap((name) => [...byState(readTable<Seen>(name))]),
    ...[...byState(readTable<Seen>('staff'))].map(([state, all]): [string, Seen[]] => [`staff, ${state}`, all]),
  ];
  if (groups.length === 0) return '';
  const cells = groups.map(([state, all]) => {
    const faulty = all.filter(({ faults }) => Object.keys(faults).length > 0).map(({ page }) => page);
    return [state, all.length, faulty.length === 0 ? 'nothing' : faulty.join(', ')];
  });
  return `${titled('Every page in every state')}${table(['state', 'pages', 'something found on'], cells)}`;
}

const byState = (rows: readonly Seen[]) => Map.groupBy(rows, ({ state }) => state);
const titled = (words: string): string => `## ${words}\n\n`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
