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

test('the summary begins with the count of files', () => {
  const output = ' ✓ fast tests/a.test.ts (2 tests) 5ms\n\n Test Files  1 passed (1)\n      Tests  2 passed (2)\n\n';
  expect(summaryOf(output)).toBe(' Test Files  1 passed (1)\n      Tests  2 passed (2)');
});
