/** Makes the list of a festival or a month's birthdays: everybody who is due, each with a sum under their ceiling. */
import { and, eq } from 'drizzle-orm';
import { careBatches, careBatchRows, type CareForm } from '../../db/schema/care.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { batchThere, nobodyDue } from './errors.ts';
import { unitNamed } from './unit.ts';
import { whoIsDue, yearNow, type Occasion } from './who-is-due.ts';

export interface Proposal {
  unit: string;
  occasion: Pick<Occasion, 'kind' | 'occasion'>;
  form: CareForm;
  /** For each, less where less is left of their ceiling. */
  fen: number;
}

/** Of this year: its budget is what pays. @throws not-signed-in, not-allowed, batch-there, nobody-due, batch-too-large */
export async function proposeBatch(
  ctx: Ctx,
  { unit: unitId, occasion: given, form, fen }: Proposal,
): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = unitNamed(inside, unitId);
    ensureCan(inside.actor, 'care.handle', { unitId: unit.id });
    const occasion = { ...given, year: yearNow(inside) } as Occasion;
    const due = await whoIsDue(inside, unit.id, occasion);
    if (due.length === 0) throw nobodyDue();
    const id = await begin(inside, unit.id, occasion);
    await inside.db.insert(careBatchRows).values(
      due.map(({ retireeId, period, leftFen }) => ({
        batchId: id,
        retireeId,
        period,
        form,
        fen: Math.min(fen, leftFen),
      })),
    );
    return { id };
  });
}

async function begin(ctx: Ctx, unitId: string, { kind, occasion, year }: Occasion): Promise<string> {
  const { accountId } = ensurePerson(ctx.actor);
  const [made] = await ctx.db
    .insert(careBatches)
    .values({ unitId, kind, occasion, year, madeBy: accountId, madeAt: ctx.clock() })
    .onConflictDoNothing()
    .returning({ id: careBatches.id });
  if (made) return made.id;
  const [there] = await ctx.db
    .select({ id: careBatches.id })
    .from(careBatches)
    .where(
      and(
        eq(careBatches.unitId, unitId),
        eq(careBatches.kind, kind),
        eq(careBatches.occasion, occasion),
        eq(careBatches.year, year),
        eq(careBatches.status, 'proposed'),
      ),
    );
  throw batchThere(there?.id ?? '');
}
