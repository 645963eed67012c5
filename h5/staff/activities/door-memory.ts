/** What doors keep on this phone: the list of names, and check-ins that the server does not have yet. */
import type { GuestList } from '../../../api/activities/attendance.ts';
import { api, call, canWait, Problem } from '../../base/api.ts';
import { forget, keysBeginning, recall, remember } from '../../base/memory.ts';

export interface Check {
  signUp: string;
  present: boolean;
  at: string;
}
export interface Kept {
  list: GuestList | null;
  /** What the server does not have yet, in the order in which it was noted. */
  checks: Check[];
}

/** What their keys begin with; the activity follows. */
const DOORS = 'door:';
/** As many as the server takes at a time. */
const MOST = 500;

export function readDoor(id: string): Kept {
  try {
    const found = JSON.parse(recall(DOORS + id) ?? 'null') as Kept | null;
    return found ?? { list: null, checks: [] };
  } catch {
    return { list: null, checks: [] };
  }
}

export const keepDoor = (id: string, kept: Kept): void => remember(DOORS + id, JSON.stringify(kept));

/** Sends the first of what waits. @returns those that were sent */
export async function sendChecks(id: string, checks: readonly Check[]): Promise<Check[]> {
  const sent = checks.slice(0, MOST);
  await call(api.staff.activities[':id']['check-ins'].$post({ param: { id }, json: { checks: sent } }));
  return sent;
}

const doors = () => keysBeginning(DOORS).map((key) => key.slice(DOORS.length));

/** Tries to send what waits, before somebody signs out. @returns how many still wait */
export async function sendWhatWaits(): Promise<number> {
  for (const id of doors()) {
    const { list, checks } = readDoor(id);
    if (checks.length === 0) continue;
    try {
      const sent = await sendChecks(id, checks);
      keepDoor(id, { list, checks: checks.slice(sent.length) });
    } catch (failure) {
      if (!canWait(failure) && !(failure instanceof Problem)) throw failure;
    }
  }
  return doors().reduce((sum, id) => sum + readDoor(id).checks.length, 0);
}

/** Lists of names are not left behind for whoever uses the phone next. What waits to be sent stays: it names nobody. */
export function forgetDoors(): void {
  for (const id of doors()) {
    const { checks } = readDoor(id);
    if (checks.length > 0) keepDoor(id, { list: null, checks });
    else forget(DOORS + id);
  }
}
