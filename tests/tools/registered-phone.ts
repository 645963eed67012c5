import { openBytes } from '../../db/vault.ts';
import type { HouseUnderTest } from './house-under-test.ts';

/** The number that the registry holds of a retiree, read past every door. */
export async function registeredPhone(house: HouseUnderTest, name: string): Promise<string> {
  const [row] = await house.connection.sql<{ phone: Buffer }[]>`select phone from retirees where name = ${name}`;
  if (!row) throw new Error(`Nobody is called ${name}.`);
  return JSON.parse(openBytes(row.phone, 'retirees.phone').toString()) as string;
}
