import { expect, test } from 'vitest';
import { urgencyOf } from '../../../h5/staff/due.ts';

const today = '2026-11-24';

test.each([
  ['a stopped clock is not pressing', null, false, 'none'],
  ['what is due tomorrow can wait', '2026-11-25', false, 'later'],
  ['what is due today is marked', '2026-11-24', false, 'today'],
  ['what was due yesterday is overdue', '2026-11-23', false, 'overdue'],
  ['the server’s word counts on the very day', '2026-11-24', true, 'overdue'],
] as const)('%s', (_, due, overdue, urgency) => {
  expect(urgencyOf({ due, overdue }, today)).toBe(urgency);
});
