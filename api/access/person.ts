/** Reads who an account is: name, retirees they may act for, posts that give them power. One query, prepared, on every request. */
import { sql, type SQL } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { Ctx } from '../context.ts';
import { notSignedIn } from '../errors.ts';
import type { Actor, ActorLink, ActorPost, Door, Person } from './actor.ts';
import { needsSecondFactor, secondFactorOf } from './posts.ts';

export interface PersonRow {
  id: string;
  name: string | null;
  locale: string;
  links: ActorLink[];
  /** Every post that was neither ended nor suspended. */
  posts: ActorPost[];
  /** The session or chat login that this was read by. */
  door: string | null;
  /** Whether the second factor is set up and confirmed, and whether it was given by this door. */
  has: boolean;
  proven: boolean;
}

const now = sql`${sql.placeholder('now')}::timestamptz`;

/** How a session and a chat login show that the second factor was given. */
const proofs = {
  session: { door: sql`s.id`, proven: sql`s.proven_at is not null` },
  login: { door: sql`way.id`, proven: sql`coalesce(way.proven_until > ${now}, false)` },
  none: { door: sql`null::uuid`, proven: sql`false` },
};

/**
 * The columns of a person, for a query over `accounts a` (and `sessions s` or `logins way`) with a placeholder `now`. With `lock`,
 * the posts cannot be ended or suspended before this transaction is over: what it writes is either before that or refused.
 */
export function personColumns(by: keyof typeof proofs, lock: 'lock' | 'read' = 'read'): SQL {
  const { door, proven } = proofs[by];
  return sql`a.id, a.name, a.locale, ${door} as door, ${proven} as proven,
  exists (select from second_factors f where f.account_id = a.id and f.confirmed_at is not null) as has,
  coalesce((select json_agg(json_build_object('retireeId', l.retiree_id, 'relation', l.relation, 'scope', l.scope))
     from links l where l.account_id = a.id and l.revoked_at is null and (l.until is null or l.until > ${now})), '[]') as links,
  coalesce((select json_agg(held.post) from (
     select json_build_object('unitId', p.unit_id, 'path', u.path, 'level', u.level, 'role', p.role) as post
       from posts p join units u on u.id = p.unit_id
      where p.account_id = a.id and p.ended_at is null and p.suspended_at is null
      order by u.path ${lock === 'lock' ? sql`for share of p` : sql``}) held), '[]') as posts`;
}

export function toPerson(row: PersonRow, by: Door['is'] | null): Person {
  const proven = row.has && row.proven;
  return {
    is: 'person',
    accountId: row.id,
    name: row.name,
    links: row.links,
    posts: row.posts.filter(({ level }) => proven || !needsSecondFactor(level)),
    secondFactor: secondFactorOf(
      row.posts.map(({ level }) => level),
      { has: row.has, proven },
    ),
    door: by && row.door ? { is: by, id: row.door } : null,
  };
}

const byAccount = preparedSql<PersonRow>(
  sql`select ${personColumns('none')} from accounts a where a.id = ${sql.placeholder('id')} and a.closed_at is null`,
);

/** An account's person without a door: whoever holds a one-time link of theirs. Posts that need the second factor are not there. */
export async function loadPerson(db: Db, accountId: string, at: Date): Promise<Person | null> {
  const [row] = await byAccount(db, { id: accountId, now: at.toISOString() });
  return row ? toPerson(row, null) : null;
}

const fresh = {
  session: preparedSql<PersonRow>(sql`
    select ${personColumns('session', 'lock')} from sessions s join accounts a on a.id = s.account_id
     where s.id = ${sql.placeholder('id')} and s.ended_at is null and s.expires_at > ${now} and a.closed_at is null`),
  login: preparedSql<PersonRow>(sql`
    select ${personColumns('login', 'lock')} from logins way join accounts a on a.id = way.account_id
     where way.id = ${sql.placeholder('id')} and way.account_id = ${sql.placeholder('accountId')} and a.closed_at is null`),
};

/**
 * The actor read again by the same door, in the transaction that will write: a session may be a few seconds old, and one ended a
 * second ago, a lost post or a proof taken back must not decide.
 * @throws not-signed-in when the session, the chat's login or the account is gone
 */
export async function freshActor(ctx: Ctx): Promise<Actor> {
  const { actor } = ctx;
  if (actor.is !== 'person') return actor;
  const at = ctx.clock();
  const { door, accountId } = actor;
  const person = door ? await byDoor(ctx.db, door, accountId, at) : await loadPerson(ctx.db, accountId, at);
  if (!person) throw notSignedIn();
  return person;
}

async function byDoor(db: Db, door: Door, accountId: string, at: Date): Promise<Person | null> {
  const values = { id: door.id, now: at.toISOString() };
  const [row] =
    door.is === 'session' ? await fresh.session(db, values) : await fresh.login(db, { ...values, accountId });
  return row?.id === accountId ? toPerson(row, door.is) : null;
}
