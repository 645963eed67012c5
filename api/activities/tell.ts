/** Tells those whom a sign-up concerns: the retiree, and whoever signed them up for as long as they may act for them. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { isActingFor } from '../access/actor.ts';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { momentWords, plain, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import type { Activity, SignUp } from './activity.ts';

export type Told =
  'changed' | 'cancelled' | 'offered' | 'seated' | 'lapsed' | 'remind' | 'rate' | Acted | (typeof byStaff)[Acted];
/** What a relative did, and how the same is told when staff did it. */
const byStaff = {
  'signed-up': 'signed-up-for',
  'lined-up': 'lined-up-for',
  'given-up': 'given-up-for',
} as const;
type Acted = keyof typeof byStaff;

export interface Concerned {
  activity: Pick<Activity, 'id' | 'title' | 'startsAt' | 'place'>;
  signUp: Pick<SignUp, 'id' | 'retireeId' | 'accountId' | 'offeredUntil'>;
  /** Which one they are of those who wait. */
  line?: number | null;
}

interface Ear {
  sign_up: string;
  name: string;
  /** Null for a retiree without an account: the number in the registry. */
  account_id: string | null;
}

/** Everybody's accounts in one query: however many are told, it is one. Nobody is told for the dead. */
const ears = preparedSql<Ear>(sql`
  select s.id as sign_up, r.name, ear.account_id
    from json_to_recordset(${sql.placeholder('rows')}::json) as s(id uuid, retiree_id uuid, account_id uuid)
    join retirees r on r.id = s.retiree_id and r.died_on is null
   cross join lateral (
           select l.account_id from links l
            where l.retiree_id = s.retiree_id and l.revoked_at is null and (l.relation = 'self' or l.account_id = s.account_id)
              and (l.until is null or l.until > ${sql.placeholder('now')}::timestamptz)
           union all
           select null::uuid where not exists (
             select from links o where o.retiree_id = s.retiree_id and o.relation = 'self' and o.revoked_at is null)) ear`);

/**
 * Tells them. `except` does it themself and reads it there. `key` says each once: the same message with the same key is never written
 * twice. Nobody is woken by it.
 */
export async function tell<One extends Concerned>(
  ctx: Ctx,
  what: Told,
  concerned: readonly One[],
  more: { key: (one: One) => string; words?: Record<string, string>; except?: string | undefined },
): Promise<void> {
  if (concerned.length === 0) return;
  const rows = concerned.map(({ signUp }) => ({
    id: signUp.id,
    retiree_id: signUp.retireeId,
    account_id: signUp.accountId,
  }));
  const found = await ears(ctx.db, { rows: JSON.stringify(rows), now: ctx.clock().toISOString() });
  const byId = new Map(concerned.map((one) => [one.signUp.id, one]));
  await enqueue(
    ctx,
    found.flatMap((ear) => {
      const one = byId.get(ear.sign_up);
      if (!one || (ear.account_id !== null && ear.account_id === more.except)) return [];
      return [messageFor(what, one, ear, more.key(one), more.words ?? {})];
    }),
  );
}

/** Tells a retiree what somebody else did for them: a relative, or staff of the unit in whose care they are (`carePath`). */
export async function tellActed(ctx: Ctx, what: Acted, one: Concerned, carePath: string): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  const more = { key: () => one.signUp.id, except: accountId };
  if (isActingFor(ctx.actor, one.signUp.retireeId)) return tell(ctx, what, [one], more);
  const unit = ctx.city.units.get(carePath.split('.').at(-1) ?? '')?.name ?? '';
  return tell(ctx, byStaff[what], [one], { ...more, words: { unit } });
}

interface Member {
  retiree_id: string;
  /** Null for a member without an account: the number in the registry. */
  account_id: string | null;
}

/** A group's living members but one, with their own accounts; nobody on an account of that one, who knows it. */
const members = preparedSql<Member>(sql`
  select distinct on (coalesce(l.account_id, m.retiree_id)) m.retiree_id, l.account_id
    from group_members m join retirees r on r.id = m.retiree_id and r.died_on is null
    left join links l on l.retiree_id = m.retiree_id and l.relation = 'self' and l.revoked_at is null
   where m.group_id = ${sql.placeholder('group')}::uuid and m.until is null and m.retiree_id <> ${sql.placeholder('except')}::uuid
     and not exists (select from links o where o.account_id = l.account_id and o.retiree_id = ${sql.placeholder('except')}::uuid
       and o.relation = 'self' and o.revoked_at is null)
   order by coalesce(l.account_id, m.retiree_id), m.retiree_id`);

/** Tells the members of a self-help group that it holds an activity, each once; but not who proposed it, who hears what was decided. */
export async function tellMembers(ctx: Ctx, activity: Activity, groupId: string, proposerId: string): Promise<void> {
  const found = await members(ctx.db, { group: groupId, except: proposerId });
  await enqueue(
    ctx,
    found.map(({ retiree_id: retireeId, account_id: accountId }) => ({
      to: accountId ? { accountId } : { retireeId },
      form: 'notice' as const,
      template: 'activity.of-group',
      params: { activity: activity.id, ...saidOf(activity) },
      onceKey: `activity:of-group:${activity.id}:${accountId ?? retireeId}`,
      quiet: true,
    })),
  );
}

const saidOf = ({ title, startsAt, place }: Concerned['activity']) => ({
  title: plain(title),
  when: momentWords(startsAt),
  place: plain(place),
});

function messageFor(
  what: Told,
  { activity, signUp, line }: Concerned,
  ear: Ear,
  key: string,
  words: Record<string, string>,
): NewMessage {
  const said = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, plain(text)]));
  return {
    to: ear.account_id ? { accountId: ear.account_id } : { retireeId: signUp.retireeId },
    form: 'notice',
    template: `activity.${what}`,
    params: {
      activity: activity.id,
      signUp: signUp.id,
      name: plain(ear.name),
      ...saidOf(activity),
      ...(line && { line: String(line) }),
      ...(signUp.offeredUntil && { until: momentWords(signUp.offeredUntil) }),
      ...said,
    },
    onceKey: `activity:${what}:${key}:${ear.account_id ?? signUp.retireeId}`,
    quiet: true,
  };
}
