/** The demo's people, all invented: 2,000 retirees in 12 communities, relatives for a third of them, and staff. Pure. */
import { namedNewcomer, namedRelatives, namedRetirees, namedStaff } from './named.ts';
import { numbersFrom } from './numbers.ts';
import { inventRelatives, inventRetiree } from './people.ts';
import { chanceFrom } from './prng.ts';
import { inventStaff } from './staff.ts';
import type { PlainMonth } from '../../../api/values/plain-month.ts';
import type { DemoData } from './types.ts';

export { demoSignIns } from './named.ts';

export interface DemoOptions {
  /** The same seed gives the same people. */
  seed: number;
  /** How many retirees, the named ones included. */
  retirees: number;
  /** Everybody had retired by this month. */
  asOf: PlainMonth;
}

const demoDefaults: DemoOptions = { seed: 4301, retirees: 2000, asOf: '2026-10' as PlainMonth };

/** Invents everybody. Without options, the people of the README. */
export function demoData(options: Partial<DemoOptions> = {}): DemoData {
  const { seed, retirees: count, asOf } = { ...demoDefaults, ...options };
  const chance = chanceFrom(seed);
  const named = [...namedRetirees, ...namedRelatives, ...namedStaff, namedNewcomer];
  const numbers = numbersFrom(chance, [
    ...named.map(({ phone }) => phone ?? ''),
    ...[...namedRetirees, namedNewcomer].map(({ idNumber }) => idNumber),
  ]);
  const invented = Array.from({ length: count - namedRetirees.length }, (_, at) =>
    inventRetiree(chance, numbers, at, asOf),
  );
  const relatives = invented.flatMap((retiree, at) => (at % 3 === 0 ? inventRelatives(chance, numbers, retiree) : []));
  return {
    retirees: [...namedRetirees, ...invented],
    relatives: [...namedRelatives, ...relatives],
    staff: inventStaff(chance, numbers),
  };
}
