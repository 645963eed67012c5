import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { summaryOf, totalsOf } from './totals.ts';

test('the slowest files are named, and a file that could not be loaded counts as a failure', () => {
  const file = (name: string, seconds: number) => ({
    name: resolve(name),
    startTime: 1000,
    endTime: 1000 * (seconds + 1),
  });
  const testResults = [
    { ...file('tests/a.test.ts', 2), status: 'passed', assertionResults: [{}, {}] },
    { ...file('tests/b.test.ts', 30), status: 'failed', assertionResults: [{}] },
    { ...file('tests/c.test.ts', 0), status: 'failed', assertionResults: [] },
  ];
  const report = JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults });
  const slowest = [
    { file: 'tests/b.test.ts', seconds: 30 },
    { file: 'tests/a.test.ts', seconds: 2 },
    { file: 'tests/c.test.ts', seconds: 0 },
  ];
  expect(totalsOf(report)).toEqual({ passed: 2, failed: 2, slowest });
});

test('the summary goes from the count of files to the duration', () => {
  const summary = ' Test Files  1 passed (1)\n      Tests  2 passed (2)\n   Duration  1.00s (tests 50%)';
  expect(summaryOf(` ✓ fast tests/a.test.ts (2 tests) 5ms\n\n${summary}\n\nJSON report written to a.json\n`)).toBe(
    summary,
  );
});
