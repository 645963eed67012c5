// `npm test`: every check of the project, the quick ones first. Stops at the first that fails and shows what it said;
// of those that pass only the times are shown. The last line gives the totals of the tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, type Audited } from './audit.ts';
import { findChromium } from './chromium.ts';
import { type Outcome, run } from './run.ts';
import { summaryOf, totalsOf, type Totals } from './totals.ts';

interface Step {
  name: string;
  run: () => Promise<Audited>;
}

const reports = mkdtempSync(join(tmpdir(), 'tuiguan-tests-'));
const totals: Totals[] = [];
const times: { name: string; seconds: number; ok: boolean }[] = [];

const tool = (name: string, command: string, ...args: string[]): Step => ({ name, run: () => run(command, args) });

/** The steps of one stage run at the same time; the next stage waits for all of them. */
const stages: Step[][] = [
  [
    tool('format', 'prettier', '--check', '--log-level', 'warn', '.'),
    tool('lint', 'oxlint'),
    tool('arrows', 'node', 'tests/tools/arrows.ts'),
    tool('texts', 'node', 'locales/tools/make-hant.ts', '--check'),
    tool('printed docs', 'node', 'docs/tools/make-docs.ts', '--check'),
    { name: 'known holes', run: audit },
  ],
  [tool('types', 'vue-tsc', '--noEmit'), tool('unused code', 'knip', '--no-progress')],
  [tool('build', 'vite', 'build', '--logLevel', 'warn')].filter(() => existsSync('vite.config.ts')),
  // A browser waits more than it reckons: beside each other both take little longer than one.
  [
    { name: 'tests', run: () => vitest('fast', 'alone') },
    { name: 'page tests', run: () => vitest('pages') },
  ],
];

/** Projects of vitest.config.ts, in one run. Its summary is shown when it passes, everything when it does not. */
async function vitest(...projects: ('fast' | 'alone' | 'pages')[]): Promise<Outcome> {
  const env: Record<string, string> = projects.includes('pages') ? { CHROME_PATH: await findChromium() } : {};
  const report = join(reports, `${projects.join('-')}.json`);
  const which = projects.map((project) => `--project=${project}`);
  const args = ['run', ...which, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  // Every test file is a process that loads the whole product: what the first one compiled, the others find.
  const compiled = { NODE_COMPILE_CACHE: join(reports, 'compiled') };
  const outcome = await run('vitest', args, { env: { ...env, ...compiled, NO_COLOR: '1' } });
  if (existsSync(report)) totals.push(totalsOf(readFileSync(report, 'utf8')));
  if (outcome.ok) console.log(summaryOf(outcome.output));
  return outcome;
}

/** Runs a step, takes its time and shows what it said if it failed. */
async function attempt(step: Step): Promise<boolean> {
  const start = performance.now();
  const failed = (error: unknown): Audited => ({ ok: false, output: String(error) });
  const { ok, output, note } = await step.run().catch(failed);
  times.push({ name: step.name, seconds: (performance.now() - start) / 1000, ok });
  if (note) console.log(`  ${note}`);
  if (!ok) console.error(`\n✗ ${step.name}\n${output.trim()}\n`);
  return ok;
}

async function allPass(): Promise<boolean> {
  for (const stage of stages.filter(({ length }) => length > 0)) {
    console.log(`· ${stage.map(({ name }) => name).join(', ')} …`);
    const passed = await Promise.all(stage.map(attempt));
    if (passed.includes(false)) return false;
  }
  return true;
}

function printTimes(): void {
  const width = Math.max(...times.map(({ name }) => name.length));
  console.log('');
  for (const { name, seconds, ok } of times) {
    console.log(`${ok ? '✓' : '✗'} ${name.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s`);
  }
  const slowest = totals.flatMap((one) => one.slowest).toSorted((a, b) => b.seconds - a.seconds);
  if (slowest.length > 0) console.log('\nThe files that took longest:');
  for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(width + 8)} s  ${file}`);
}

const ok = await allPass();
rmSync(reports, { recursive: true });
printTimes();
const sum = (key: 'passed' | 'failed'): number => totals.reduce((total, one) => total + one[key], 0);
if (!ok) console.log(`\nStopped: ${times.flatMap((time) => (time.ok ? [] : [time.name])).join(', ')} failed.`);
if (totals.length > 0) console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = ok ? 0 : 1;
