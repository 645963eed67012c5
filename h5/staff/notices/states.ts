/** How a notice stands, in one word for lists: its own state together with the version that is being written. */
import type { StaffLine } from '../../../api/notices/staff-notices.ts';

export type Standing = 'draft' | 'submitted' | 'published' | 'withdrawn' | 'correcting' | 'correction';

export function stateOf({ state, open }: Pick<StaffLine, 'state' | 'open'>): Standing {
  if (state === 'withdrawn') return 'withdrawn';
  if (state === 'new') return open === 'submitted' ? 'submitted' : 'draft';
  if (open === 'draft') return 'correcting';
  return open === 'submitted' ? 'correction' : 'published';
}
