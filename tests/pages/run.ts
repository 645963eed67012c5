/**
 * `npm run test:pages`: everything that the standard for pages and chat asks, on the built pages in a real Chromium; prints who holds
 * what, and the tables that were measured on the way. Takes the better part of an hour.
 *
 *     npm run test:pages -- [--only cost,e2e/move] [--docs]
 *
 * `--only` runs the files whose path holds one of the words; the tables then show the newest run of each of the others. `--docs` writes
 * `docs/proof-pages.md` from what is printed.
 */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../tools/chromium.ts';
import { run } from '../tools/run.ts';
import { keepResults, keptResults, type Result } from './notes.ts';
import { standard } from './standard.ts';
import { standardTable, tables } from './tables.ts';

const { values: asked } = parseArgs({
  options: { only: { type: 'string' }, docs: { type: 'boolean', default: false } },
});
const named = standard.flatMap(({ checks }) => checks.map(({ file }) => file));
const words = asked.only?.split(',') ?? [''];
const files = [...new Set([...globSync('tests/pages/*.test.ts'), ...named])].filter((file) =>
  words.some((word) => file.includes(word)),
);

const failures: string[] = [];
const results = await everything();
keepResults(results);
const all = [standardTable(keptResults()), ...tables()];
console.log(`\n${all.join('\n')}`);
if (asked.docs) writeFileSync('docs/proof-pages.md', `${await heading()}\n${all.join('\n')}`);
for (const failure of failures) console.error(`✗ ${failure}`);
const passed = results.filter(({ status }) => status === 'passed').length;
console.log(`\n${passed} passed, ${results.length - passed} failed or not reached`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function everything(): Promise<Result[]> {
  const built = await run('vite', ['build', '--logLevel', 'warn']);
  if (!built.ok) failures.push(`the pages are not built:\n${built.output}`);
  const chromium = await findChromium();
  const projects = Map.groupBy(files, (file) => {
    if (file.startsWith('tests/e2e/')) return 'pages';
    return file.startsWith('tests/pages/') ? 'proof' : 'fast';
  });
  const found: Result[] = [];
  for (const [project, its] of projects) found.push(...(await vitest(project, its, chromium)));
  return found;
}

/** One project of vitest.config.ts, some files of it. */
async function vitest(project: string, its: readonly string[], chromium: string): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tuiguan-proof-'));
  const report = join(folder, 'report.json');
  console.log(`· ${its.length} files of ${project} …`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, output } = await run('vitest', [...args, ...its], { env: { CHROME_PATH: chromium, NO_COLOR: '1' } });
  if (!ok) failures.push(`${project}:\n${output}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { title: string; status: string }[] }[];
  };
  rmSync(folder, { recursive: true });
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }) => ({ file: relative('.', name).replaceAll('\\', '/'), title, status })),
  );
}

async function heading(): Promise<string> {
  const day = new Date().toISOString().slice(0, 10);
  const { output } = await run('git', ['rev-parse', '--short', 'HEAD']);
  return `# Proven on a cheap phone\n\nPrinted by \`npm run test:pages -- --docs\` on ${day}, at ${output.trim()}, on two shared cores.\n`;
}
