/**
 * Nothing waits in silence: walks the waiting cases by due time and tells, rung by rung, who must know. Each rung of each stay is
 * told once, which the key of `escalations` holds however many workers run and whenever one dies.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { words, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { staffedSteps } from '../engine/catalogue.ts';
import { paramsOf } from '../engine/told.ts';
import { reached } from './rules.ts';
import { loadStaff, type StaffOfUnits } from './staff.ts';

const PAGE = 500;
const FIRST = { due: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

interface Waiting {
  id: string;
  number: string;
  kind: string;
  step: string;
  round: number;
  unit_id: string;
  path: string;
  claimed_by: string | null;
  due_at: string | Date;
  clock_from: string | Date;
  clock_days: number;
  name: string | null;
}

/**
 * Cases past half of their promise (in days of any kind, which is never too late) that have not been told to everybody up to the city. One in
 * somebody's hands this very moment is passed over until the next time.
 */
const waiting = preparedSql<Waiting>(sql`
  select k.id, k.number, k.kind, k.step, k.round, k.unit_id, u.path, k.claimed_by, k.due_at, k.clock_from, k.clock_days,
         coalesce(r.name, k.named) as name
    from cases k join units u on u.id = k.unit_id left join retirees r on r.id = k.subject_id
   where k.status in ('open', 'entering') and (k.due_at, k.id) > (${sql.placeholder('due')}::timestamptz, ${sql.placeholder('id')}::uuid)
     and k.clock_from + make_interval(days => (k.clock_days + 1) / 2) <= ${sql.placeholder('now')}::timestamptz
     and k.kind || ' ' || k.step = any(${sql.placeholder('steps')}::text[])
     and not exists (
           select from escalations e where e.case_id = k.id and e.round = k.round
              and e.level >= case when k.due_at < ${sql.placeholder('now')}::timestamptz then array_length(string_to_array(u.path, '.'), 1) else 0 end)
   order by k.due_at, k.id limit ${PAGE}
     for share of k skip locked`);

interface Told {
  case_id: string;
  round: number;
  level: number;
}

const remember = preparedSql<Told>(sql`
  insert into escalations (case_id, round, level, unit_id, told, at)
  select e.case_id, e.round, e.level, e.unit_id, e.told, ${sql.placeholder('now')}::timestamptz
    from json_to_recordset(${sql.placeholder('rows')}::json)
      as e(case_id uuid, round int, level int, unit_id text, told int)
  on conflict do nothing returning case_id, round, level`);

/** Tells everybody whose time has come, a page a transaction; on working days, when somebody is there to act. @returns how many rungs were told */
export async function escalate(ctx: Ctx): Promise<number> {
  if (!ctx.city.calendar.isWorkday(dayOf(ctx.clock()))) return 0;
  const steps = staffedSteps();
  let told = 0;
  for (let after = FIRST; ;) {
    const page = await ctx.db.transaction(async (tx) => {
      const rows = await waiting(tx, { ...after, now: ctx.clock().toISOString(), steps });
      if (rows.length > 0) told += await tellAll({ ...ctx, db: tx }, rows);
      return rows;
    });
    const last = page.at(-1);
    if (!last) return told;
    after = { due: exact(last.due_at), id: last.id };
  }
}

interface Step {
  row: Waiting;
  level: number;
  unitId: string;
  accounts: string[];
}

async function tellAll(ctx: Ctx, rows: readonly Waiting[]): Promise<number> {
  const staff = await loadStaff(ctx.db, [...new Set(rows.flatMap(({ path }) => path.split('.')))], ctx.clock());
  const due = rows.flatMap((row) => stepsOf(ctx, row, staff));
  if (due.length === 0) return 0;
  const kept = await remember(ctx.db, {
    now: ctx.clock().toISOString(),
    rows: JSON.stringify(
      due.map(({ row, level, unitId, accounts }) => ({
        case_id: row.id,
        round: row.round,
        level,
        unit_id: unitId,
        told: accounts.length,
      })),
    ),
  });
  const fresh = new Set(kept.map(({ case_id, round, level }) => `${case_id} ${round} ${level}`));
  const told = due.filter(({ row, level }) => fresh.has(`${row.id} ${row.round} ${level}`));
  await enqueue(
    ctx,
    told.flatMap((step) => messagesOf(step, staff, ctx.clock())),
  );
  return told.length;
}

/** The rungs of a case whose time has come, with who is told at each. */
function stepsOf({ clock, city }: Ctx, row: Waiting, staff: StaffOfUnits): Step[] {
  const above = row.path.split('.').toReversed();
  const hands = row.claimed_by ? staff.hands(row.claimed_by, row.unit_id) : staff.onDuty(row.unit_id);
  const rungs = [hands, ...above.map((unitId) => staff.leads(unitId))];
  const ladder = rungs.map((accounts, level) => ({ level, isEmpty: accounts.length === 0 }));
  const wait = { from: new Date(row.clock_from), days: row.clock_days, due: new Date(row.due_at) };
  return reached(wait, ladder, clock(), city.calendar).map((level) => ({
    row,
    level,
    unitId: above[Math.max(level - 1, 0)] ?? row.unit_id,
    accounts: rungs[level] ?? [],
  }));
}

/** A promise of a day has no half, and whoever comes late must not be told of one. */
const templateOf = (level: number, isLate: boolean) =>
  level === 0 ? (isLate ? 'late' : 'half') : level === 1 ? 'due' : 'above';

function messagesOf({ row, level, unitId, accounts }: Step, staff: StaffOfUnits, now: Date): NewMessage[] {
  const said = { number: row.number, named: row.name, unitId: row.unit_id, dueAt: new Date(row.due_at) };
  const unknown = row.name === null && { name: words('engine:held.unidentified') };
  const params = { ...paramsOf({ row: said, service: { kind: row.kind }, subject: null }), ...unknown };
  return accounts.map((accountId) => ({
    to: { accountId, atUnit: unitId },
    form: 'notice',
    template: `escalated.${templateOf(level, now > said.dueAt)}`,
    params,
    caseId: row.id,
    // Staff without a chat find it in their list; a lead who does not look is called by one text message a morning (the digest).
    alreadySaid: !staff.hasChat(accountId),
    onceKey: `escalation:${row.id}:${row.round}:${level}:${accountId}`,
    quiet: true,
  }));
}

const exact = (moment: string | Date): string => (typeof moment === 'string' ? moment : moment.toISOString());
