/** The cases that another one opened: what a family goes on with after a death was found true. */
import { asc, eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/prepared.ts';
import { cases } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import { can } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import type { CaseRow } from '../drafts/load.ts';
import { serviceOf } from '../catalogue.ts';
import { serviceKey } from '../texts.ts';
import { factsOf } from './facts.ts';
import type { FollowUp } from './shapes.ts';

/** No case opens more than a page can show. */
const MOST = 10;

const children = prepared((db) =>
  db
    .select()
    .from(cases)
    .where(eq(cases.parentId, sql.placeholder('parentId')))
    .orderBy(asc(cases.number))
    .limit(MOST),
);

/** Those of them that the reader may see. */
export async function followUpsOf(ctx: Ctx, { id, status }: CaseRow): Promise<FollowUp[]> {
  // Only an end opens others; most cases are looked at before it.
  if (status !== 'approved') return [];
  const rows = await children(ctx.db, { parentId: id });
  const seen = await Promise.all(
    rows.map(async (row) => can(ctx.actor, 'case.read', await factsOf(ctx, row, serviceOf(row.kind)))),
  );
  return rows
    .filter((_, at) => seen[at])
    .map(({ number, kind }) => ({ number, title: say(ctx.locale, serviceKey(kind, 'title')) }));
}
