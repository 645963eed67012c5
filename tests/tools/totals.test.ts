import { expect, test } from 'vitest';
import { summaryOf, totalsOf } from './totals.ts';

test('a file that could not be loaded counts as a failure', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}, {}] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  const report = JSON.stringify({ numPassedTests: 2, numFailedTests: 1, testResults });
  expect(totalsOf(report)).toEqual({ passed: 2, failed: 2 });
});

test('the summary goes from the count of files to the duration', () => {
  const summary = ' Test Files  1 passed (1)\n      Tests  2 passed (2)\n   Duration  1.00s (tests 50%)';
  expect(summaryOf(` ✓ fast tests/a.test.ts (2 tests) 5ms\n\n${summary}\n\nJSON report written to a.json\n`)).toBe(
    summary,
  );
});
