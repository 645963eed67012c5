/**
 * The cases behind a figure: whoever may see the figure may open each of them (`case.read`), so nothing of a person stands in the list, nor how one
 * rated: of fewer than five nobody is told.
 */
import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { statuses, type Status } from '../../db/schema/engine.ts';
import { say } from '../../locales/index.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf, endOf, startOf } from '../dates.ts';
import { spokenNumber } from '../engine/case-number.ts';
import { allServices } from '../engine/catalogue.ts';
import { serviceKey } from '../engine/texts.ts';
import { notFound } from '../errors.ts';
import { periodOf, type FiguresQuery } from './read-figures.ts';
import type { Period } from './rules.ts';

const PAGE = 20;

/** Figures that are counted of cases. */
export const counted = ['received', 'returned', 'decided', 'onTime', 'late', 'waiting', 'overdue'] as const;
export type CountedCases = (typeof counted)[number];

export interface CasesQuery extends FiguresQuery {
  what: CountedCases;
  kind?: string | undefined;
  status?: Status | undefined;
  /** Of the unit's own desk only. */
  own?: 'yes' | undefined;
  after?: string | undefined;
}

export const countedCases = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  from: z.iso.date(),
  to: z.iso.date(),
  services: z.array(z.object({ kind: z.string(), title: z.string() })),
  cases: z.array(
    z.object({
      number: z.string(),
      spoken: z.string(),
      title: z.string(),
      unit: z.string(),
      status: z.enum(statuses),
      opened: z.iso.date(),
      decided: z.iso.date().nullable(),
      due: z.iso.date().nullable(),
    }),
  ),
  /** To be given as `after` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type CountedCasesPage = z.infer<typeof countedCases>;

interface Row extends Record<string, unknown> {
  id: string;
  number: string;
  kind: string;
  unit_id: string;
  status: Status;
  opened_at: string;
  decided_at: string | null;
  due_at: string | null;
  at: string;
}

/** @throws not-signed-in, not-allowed, not-found, bad-period */
export async function listCounted(ctx: Ctx, query: CasesQuery): Promise<CountedCasesPage> {
  const { units } = ctx.city;
  const unit = units.get(query.unit);
  if (!unit) throw notFound();
  ensureCan(ctx.actor, 'figures.read', { unitPath: unit.path });
  const now = ctx.clock();
  const period = periodOf(query, dayOf(now));
  const { column, where } = meant(query.what, period, now);
  const at = query.own ? [unit.id] : units.within(unit.id);
  const [afterAt, afterId] = query.after?.split(',') ?? [];
  const rows = await ctx.db.execute<Row>(sql`
    select id, number, kind, unit_id, status, opened_at, decided_at, due_at, ${column} as at from cases
     where unit_id = any(${`{${at.join()}}`}::text[]) and ${where}
       ${query.kind ? sql`and kind = ${query.kind}` : sql``} ${query.status ? sql`and status = ${query.status}` : sql``}
       ${afterAt && afterId ? sql`and (${column}, id) < (${afterAt}::timestamptz, ${afterId}::uuid)` : sql``}
     order by ${column} desc, id desc limit ${PAGE + 1}`);
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  const day = (moment: string | null) => (moment === null ? null : dayOf(new Date(moment)));
  const titleOf = (kind: string) => say(ctx.locale, serviceKey(kind, 'title'));
  return {
    unit: { id: unit.id, name: unit.name },
    ...period,
    services: allServices().map(({ kind }) => ({ kind, title: titleOf(kind) })),
    cases: page.map((row) => ({
      number: row.number,
      spoken: spokenNumber(row.number),
      title: titleOf(row.kind),
      unit: units.get(row.unit_id)?.name ?? row.unit_id,
      status: row.status,
      opened: dayOf(new Date(row.opened_at)),
      decided: day(row.decided_at),
      due: day(row.due_at),
    })),
    next: last ? `${new Date(last.at).toISOString()},${last.id}` : null,
  };
}

/** Which rows a figure counted, as `count.ts` counts them, and the moment that it goes by. */
function meant(what: CountedCases, { from, to }: Period, now: Date): { column: SQL; where: SQL } {
  const during = (column: SQL) =>
    sql`${column} between ${startOf(from).toISOString()}::timestamptz and ${endOf(to).toISOString()}::timestamptz`;
  if (what === 'waiting' || what === 'overdue') {
    const overdue = what === 'overdue' ? sql`and due_at < ${now.toISOString()}::timestamptz` : sql``;
    return { column: sql`due_at`, where: sql`status in ('open', 'entering') and due_at is not null ${overdue}` };
  }
  if (what === 'received' || what === 'returned') {
    const returned = what === 'returned' ? sql`and returns > 0` : sql``;
    return { column: sql`opened_at`, where: sql`${during(sql`opened_at`)} ${returned}` };
  }
  const narrower = {
    decided: sql``,
    onTime: sql`and not late`,
    late: sql`and late`,
  };
  return { column: sql`decided_at`, where: sql`${during(sql`decided_at`)} ${narrower[what]}` };
}
