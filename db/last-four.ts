/** The key that finds a number by its last four characters, and from which they cannot be read. */
import { blindIndex } from './vault.ts';

export function lastFourKey(lastFour: string): string {
  return blindIndex('last4', lastFour.toUpperCase()).toString('hex');
}
