/** Before the term of somebody who leads a group ends, they and the community are reminded, once, so that somebody is chosen in time. */
import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { groupLeaders, groups } from '../../db/schema/groups.ts';
import { retirees } from '../../db/schema/registry.ts';
import { isOnDuty } from '../access/duty.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf } from '../dates.ts';
import { dayWords, plain, words, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { groupTermNoticeDays } from '../rulebook.ts';
import { calledIn } from './tell.ts';

/** Terms end with the year for many: what is more than this is for the next turn. */
const AT_ONCE = 200;
const MOST_TURNS = 100;

/** @returns how many terms were told of */
export async function remindTerms(ctx: Ctx): Promise<number> {
  let reminded = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const page = await ctx.db.transaction((tx) => remindSome({ ...ctx, db: tx }));
    reminded += page;
    if (page < AT_ONCE) break;
  }
  return reminded;
}

/** Marked in the transaction that tells them: any number of workers may run, and nobody is told twice. */
async function remindSome(ctx: Ctx): Promise<number> {
  const last = addDays(dayOf(ctx.clock()), groupTermNoticeDays);
  const due = await ctx.db
    .select({ term: groupLeaders, group: groups, name: retirees.name })
    .from(groupLeaders)
    .innerJoin(groups, eq(groups.id, groupLeaders.groupId))
    .innerJoin(retirees, eq(retirees.id, groupLeaders.retireeId))
    .where(and(isNull(groupLeaders.until), isNull(groupLeaders.remindedAt), lte(groupLeaders.term, last)))
    .orderBy(groupLeaders.term)
    .limit(AT_ONCE)
    .for('update', { of: groupLeaders, skipLocked: true });
  if (due.length === 0) return 0;
  const ids = due.map(({ term }) => term.id);
  await ctx.db.update(groupLeaders).set({ remindedAt: ctx.clock() }).where(inArray(groupLeaders.id, ids));
  const ears = await earsOf(ctx, ids);
  await enqueue(
    ctx,
    due.flatMap(({ term, group, name }) => {
      const params = {
        ...calledIn(group),
        office: words(`groups:offices.${term.office}`),
        until: dayWords(term.term),
        who: plain(name),
      };
      const said = (to: NewMessage['to'], template: string): NewMessage => ({
        to,
        form: 'notice',
        template,
        params,
        quiet: true,
      });
      const theirs = ears.filter(({ office }) => office === term.id);
      const own = theirs.filter(({ staff }) => !staff).map(({ account_id: accountId }) => ({ accountId }));
      return [
        // Whoever has no account is told at the number in the registry.
        ...(own.length > 0 ? own : [{ retireeId: term.retireeId }]).map((to) => said(to, 'group.termEnds')),
        ...theirs
          .filter(({ staff }) => staff)
          .map(({ account_id: id }) => said({ accountId: id, atUnit: group.unitId }, 'group.termOf')),
      ];
    }),
  );
  return due.length;
}

/** The leaders' own accounts and the staff on duty at their communities, in one query. */
const earsOf = (ctx: Ctx, offices: readonly string[]) =>
  ctx.db.execute<{ office: string; account_id: string; staff: boolean }>(sql`
    with due as (select id, group_id, retiree_id from group_leaders where id = any(${`{${offices.join(',')}}`}::uuid[]))
    select due.id as office, l.account_id, false as staff
      from due join links l on l.retiree_id = due.retiree_id and l.relation = 'self' and l.revoked_at is null
    union
    select due.id, p.account_id, true
      from due join groups g on g.id = due.group_id
      join posts p on p.unit_id = g.unit_id and p.ended_at is null and p.suspended_at is null
       and ${isOnDuty(sql`p`, sql`${dayOf(ctx.clock())}::date`)}`);
