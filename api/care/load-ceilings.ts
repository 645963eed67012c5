/** Writes the ceilings of the rulebook where the triggers of the ledger read them. */
import { sql } from 'drizzle-orm';
import { careCeilingRows } from '../../db/schema/care.ts';
import type { Db } from '../../db/connect.ts';
import { careCeilings } from '../rulebook.ts';

/** At every start: a new figure comes in with its own day, one that was mistyped is put right. */
export async function loadCeilings(db: Db): Promise<void> {
  await db
    .insert(careCeilingRows)
    .values(
      careCeilings.map(({ ceiling, kind, per, since, fen, uses, usesInLife }) => ({
        ceiling,
        kind,
        per,
        since,
        limitFen: fen,
        maxUses: uses,
        lifeUses: usesInLife,
      })),
    )
    .onConflictDoUpdate({
      target: [careCeilingRows.ceiling, careCeilingRows.per, careCeilingRows.since],
      set: {
        kind: sql`excluded.kind`,
        limitFen: sql`excluded.limit_fen`,
        maxUses: sql`excluded.max_uses`,
        lifeUses: sql`excluded.life_uses`,
      },
    });
}
