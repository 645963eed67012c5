/** The standard for pages and chat: every numbered row has a check, and every check that is named is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectedRows, standard } from '../pages/standard.ts';

test('every row has a check, and there is no row besides', () => {
  expect(standard.map(({ row }) => row)).toEqual(expectedRows);
  expect(standard.filter(({ checks }) => checks.length === 0)).toEqual([]);
});

test('every check that is named stands in its file', () => {
  const missing = standard.flatMap(({ row, checks }) =>
    checks
      .filter(({ file, test: title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(`'${title}'`))
      .map(({ file, test: title }) => `${row}: ${file} “${title}”`),
  );
  expect(missing).toEqual([]);
});
