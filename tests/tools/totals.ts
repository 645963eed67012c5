// What vitest says about a run, read from its own report.

import { relative } from 'node:path';

export interface Totals {
  passed: number;
  failed: number;
  /** The files that took longest, longest first. */
  slowest: { file: string; seconds: number }[];
}

const SLOWEST = 5;

/** What we read of the report that `--reporter=json` writes. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  /** `startTime` and `endTime` in milliseconds. */
  testResults: { name: string; startTime: number; endTime: number; status: string; assertionResults: unknown[] }[];
}

/** The totals of a report. A file that could not even be loaded has no tests in it: it counts as one that failed. */
export function totalsOf(json: string): Totals {
  const report = JSON.parse(json) as Report;
  const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const slowest = report.testResults
    .map(({ name, startTime, endTime }) => ({ file: relative('.', name), seconds: (endTime - startTime) / 1000 }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded.length, slowest };
}

/** The summary at the end of what vitest prints: from the count of files to the duration. */
export function summaryOf(output: string): string {
  return /^ *Test Files [^]*?^ *Duration .*/m.exec(output)?.[0] ?? output;
}
