/** Runs a decision's effects and keeps their receipts; undo runs the inverses, newest first. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../../db/prepared.ts';
import { receipts } from '../../../db/schema/engine.ts';
import { blindIndex } from '../../../db/vault.ts';
import type { Ctx } from '../../context.ts';
import { effectNamed, type Cause, type Effect } from '../effect.ts';
import type { CaseRow } from '../drafts/load.ts';

export type ReceiptRow = typeof receipts.$inferSelect;

const causeOf = (row: CaseRow): Cause => ({
  caseId: row.id,
  number: row.number,
  kind: row.kind,
  status: row.status,
  unitId: row.unitId,
  subjectId: row.subjectId,
  applicantId: row.applicantId,
});

/**
 * Runs effects in order. One with a row key that ran before for this case is passed over: a list may be sent again.
 * @returns whom one of them brought into the registry
 */
export async function runEffects(
  ctx: Ctx,
  row: CaseRow,
  seq: number,
  effects: readonly Effect[],
): Promise<string | null> {
  let newcomer: string | null = null;
  const done = effects.some((effect) => effect.rowKey) ? await liveReceipts(ctx, row.id) : [];
  const left: { effect: string; row_key: string; receipt: string }[] = [];
  for (const [index, { definition, input, ...effect }] of effects.entries()) {
    const rowKey = effect.rowKey && blindIndex('code', effect.rowKey).toString('hex');
    if (rowKey && done.some((one) => one.effect === definition.name && one.rowKey === rowKey)) continue;
    const receipt = await definition.apply(ctx, input, causeOf(row));
    const sealed = receipts.receipt.mapToDriverValue(receipt ?? null) as Buffer;
    left.push({ effect: definition.name, row_key: rowKey || `${seq}.${index}`, receipt: sealed.toString('hex') });
    newcomer = definition.subjectOf?.(receipt) ?? newcomer;
  }
  if (left.length > 0) await keep(ctx.db, { caseId: row.id, seq, rows: JSON.stringify(left) });
  return newcomer;
}

/** However many effects there were, it is one statement; in their order, since undo goes backwards. */
const keep = preparedSql<never>(sql`
  insert into receipts (case_id, seq, effect, row_key, receipt)
  select ${sql.placeholder('caseId')}::uuid, ${sql.placeholder('seq')}::int, r.effect, r.row_key, decode(r.receipt, 'hex')
    from rows from (json_to_recordset(${sql.placeholder('rows')}::json) as (effect text, row_key text, receipt text))
         with ordinality as r(effect, row_key, receipt, nr)
   order by r.nr`);

/** Takes everything back that a case did. @throws later-facts when something built on it */
export async function undoEffects(ctx: Ctx, row: CaseRow): Promise<void> {
  for (const { n, effect, receipt } of await liveReceipts(ctx, row.id)) {
    await effectNamed(effect).undo(ctx, receipt, causeOf(row));
    await ctx.db.update(receipts).set({ undoneAt: ctx.clock() }).where(eq(receipts.n, n));
  }
}

/** What a case did and was not taken back, newest first. */
export const liveReceipts = (ctx: Ctx, caseId: string): Promise<ReceiptRow[]> => live(ctx.db, { caseId });

const live = prepared((db) =>
  db
    .select()
    .from(receipts)
    .where(and(eq(receipts.caseId, sql.placeholder('caseId')), isNull(receipts.undoneAt)))
    .orderBy(desc(receipts.n)),
);
