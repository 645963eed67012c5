/** The right identity number of a retiree, with the birth date and the sex that it carries. */
import { eq } from 'drizzle-orm';
import { retirees, type sexes } from '../../db/schema/registry.ts';
import { isUniqueViolation } from '../../db/violations.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { birthDateOf, sexOf, type IdNumber } from '../values/id-number.ts';
import { numberTaken } from './errors.ts';
import { renewSearchKeys } from './search-keys.ts';

interface SetIdNumber {
  retireeId: string;
  idNumber: IdNumber;
}

interface Held {
  idNumber: string;
  born: string;
  sex: (typeof sexes)[number];
}

interface Receipt extends SetIdNumber {
  before: Held;
}

export const setIdNumber = defineEffect<SetIdNumber, Receipt>({
  name: 'set-id-number',
  /** @throws number-taken when the registry has somebody else of this number */
  async apply(ctx, { retireeId, idNumber }) {
    const before = await held(ctx, retireeId);
    await keep(ctx, retireeId, { idNumber, born: birthDateOf(idNumber), sex: sexOf(idNumber) });
    return { retireeId, idNumber, before };
  },
  async undo(ctx, { retireeId, idNumber, before }) {
    if ((await held(ctx, retireeId)).idNumber !== idNumber) throw laterFacts('id-number');
    await keep(ctx, retireeId, before);
  },
});

async function held(ctx: Ctx, retireeId: string): Promise<Held> {
  const [row] = await ctx.db
    .select({ idNumber: retirees.idNumber, born: retirees.born, sex: retirees.sex })
    .from(retirees)
    .where(eq(retirees.id, retireeId))
    .for('update');
  if (!row) throw laterFacts('id-number');
  return row;
}

async function keep(ctx: Ctx, retireeId: string, { idNumber, born, sex }: Held): Promise<void> {
  try {
    await ctx.db
      .update(retirees)
      .set({ idNumber, idNumberIndex: blindIndex('id', idNumber), born, sex })
      .where(eq(retirees.id, retireeId));
  } catch (error) {
    throw isUniqueViolation(error) ? numberTaken() : error;
  }
  await renewSearchKeys(ctx, retireeId);
}
