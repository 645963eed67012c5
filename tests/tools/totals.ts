// What vitest says about a run, read from its own report.

export interface Totals {
  passed: number;
  failed: number;
}

/** What we read of the report that `--reporter=json` writes. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** The totals of a report. A file that could not even be loaded has no tests in it: it counts as one that failed. */
export function totalsOf(json: string): Totals {
  const report = JSON.parse(json) as Report;
  const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + notLoaded.length };
}

/** The summary at the end of what vitest prints: from the count of files to the duration. */
export function summaryOf(output: string): string {
  return /^ *Test Files [^]*?^ *Duration .*/m.exec(output)?.[0] ?? output;
}
