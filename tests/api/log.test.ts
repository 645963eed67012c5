/** An error in the log: what went wrong and where, never with which values. */
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { plainError } from '../../api/log.ts';

test('a failed query is named without its parameters, its cause without what PostgreSQL quotes', () => {
  const cause = Object.assign(new Error('invalid input syntax for type uuid: "13800000001"'), { code: '22P02' });
  const error = new DrizzleQueryError('select $1', ['13800000001'], cause);
  const plain = plainError(error);
  expect(JSON.stringify(plain)).not.toContain('13800000001');
  expect(plain).toMatchObject({ message: 'Failed query', cause: { code: '22P02' } });
  expect(plain.stack).toContain('log.test.ts');
});
