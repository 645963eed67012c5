/** Everything that is held on a page in one state. */
import type { Phone } from '../../e2e/phone.ts';
import { faultsUnderAll } from './conditions.ts';
import { keyboardFaults } from './keyboard.ts';
import { sizeFaults } from './reading.ts';
import { treeFaults } from './tree.ts';

/** What is wrong, by how it was found; an empty object where all is well. */
export async function prove(phone: Phone): Promise<Record<string, string[]>> {
  const { page } = phone;
  const found = {
    axe: await phone.flaws(),
    targets: await phone.smallTargets(),
    sizes: await sizeFaults(page),
    tree: await treeFaults(page),
    ...(await faultsUnderAll(page)),
    keyboard: await keyboardFaults(page),
  };
  return Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0));
}
