/** What a run measured, kept beside each other in `.proof/` until the tables are printed; each file's newest run counts. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const proofFolder = fileURLToPath(new URL('../../.proof/', import.meta.url));
const fileOf = (table: string): string => `${proofFolder}${table}.jsonl`;

/** Empties a table: its test begins anew. */
export function beginTable(table: string): void {
  mkdirSync(proofFolder, { recursive: true });
  writeFileSync(fileOf(table), '');
}

/** Adds a line to a table. */
export function note(table: string, row: object): void {
  appendFileSync(fileOf(table), `${JSON.stringify(row)}\n`);
}

/** The lines of a table; none when its test did not run. */
export function readTable<Row>(table: string): Row[] {
  if (!existsSync(fileOf(table))) return [];
  const lines = readFileSync(fileOf(table), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** One test of a run. */
export interface Result {
  file: string;
  title: string;
  status: string;
}

/** Keeps what a run said of its files, in the place of what an earlier one said of the same. */
export function keepResults(results: readonly Result[]): void {
  const anew = new Set(results.map(({ file }) => file));
  const others = keptResults().filter(({ file }) => !anew.has(file));
  beginTable('results');
  for (const result of [...others, ...results]) note('results', result);
}

export const keptResults = (): Result[] => readTable<Result>('results');
