/** The digits of a slip that was scanned (`/bind#digits`): they stay with this tab while somebody signs in, and go out of the address. */
import { forget, recall, remember } from '../base/memory.ts';

const KEY = 'slip';

/** Takes the digits out of a fragment and keeps them; false when it holds none. */
export function keepScanned(fragment: string): boolean {
  const digits = fragment.replace(/^#/, '');
  if (!/^\d{10}$/.test(digits)) return false;
  remember(KEY, digits, 'here');
  return true;
}

export const scannedSlip = (): string | null => recall(KEY, 'here');
export const forgetScanned = (): void => forget(KEY);
