/** What whoever may only follow a case is told of where it stands: that it waits, or how it ended. */
import type { Status } from '../../db/schema/engine.ts';

export type FollowedStatus = 'open' | 'approved' | 'rejected' | 'withdrawn' | 'undone';

/** The version that followers are shown, always: the real one would tell that something happened. */
export const FOLLOWED = 1;

/** Still on its way, whatever the offices do with it; else how it ended. */
export function followed(status: Status): FollowedStatus {
  return status === 'returned' || status === 'entering' ? 'open' : status;
}
