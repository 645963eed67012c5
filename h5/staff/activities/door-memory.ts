/** What doors keep on this phone. */
import { forget, keysBeginning } from '../../base/memory.ts';

/** What their keys begin with. */
export const DOORS = 'door:';

/** Lists of names are not left behind for whoever uses the phone next. */
export function forgetDoors(): void {
  for (const key of keysBeginning(DOORS)) forget(key);
}
