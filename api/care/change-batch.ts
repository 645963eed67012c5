/** Staff check a proposed list: take people off it, set sums and forms; or drop the list. */
import { sql } from 'drizzle-orm';
import type { CareForm } from '../../db/schema/care.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { batchFor, ensureProposed, touch } from './batch.ts';

export interface RowChange {
  retireeId: string;
  chosen: boolean;
  form: CareForm;
  fen: number;
}

/** Saves the rows given; the others stay. @throws not-signed-in, not-found, batch-changed */
export async function changeBatch(ctx: Ctx, id: string, seen: number, rows: readonly RowChange[]): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const batch = await batchFor(inside, id, 'care.handle', 'lock');
    ensureProposed(batch, seen);
    await inside.db.execute(sql`
      update care_batch_rows r set chosen = n.chosen, form = n.form, fen = n.fen
        from json_to_recordset(${JSON.stringify(rows)}::text::json)
          as n("retireeId" uuid, chosen boolean, form text, fen int)
       where r.batch_id = ${id} and r.retiree_id = n."retireeId"`);
    await touch(inside, batch);
    return null;
  });
}

/** Nothing comes of the list. @throws not-signed-in, not-found, batch-changed */
export async function dropBatch(ctx: Ctx, id: string, seen: number): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const batch = await batchFor(inside, id, 'care.handle', 'lock');
    ensureProposed(batch, seen);
    await touch(inside, batch, { status: 'dropped' });
    return null;
  });
}
