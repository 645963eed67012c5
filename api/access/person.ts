/** Reads who an account is: name, retirees they may act for, posts they hold. One query, prepared, on every request. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { Ctx } from '../context.ts';
import { notSignedIn } from '../errors.ts';
import type { Actor, ActorLink, ActorPost, Person } from './actor.ts';

export interface PersonRow {
  id: string;
  name: string | null;
  locale: string;
  links: ActorLink[];
  posts: ActorPost[];
}

/** The columns of a person, for a query over `accounts a`. */
export const personColumns = sql`a.id, a.name, a.locale,
  coalesce((select json_agg(json_build_object('retireeId', l.retiree_id, 'relation', l.relation, 'scope', l.scope))
     from links l where l.account_id = a.id and l.revoked_at is null and (l.until is null or l.until > now())), '[]') as links,
  coalesce((select json_agg(json_build_object('unitId', p.unit_id, 'path', u.path, 'role', p.role))
     from posts p join units u on u.id = p.unit_id where p.account_id = a.id
       and p.ended_at is null and p.suspended_at is null), '[]') as posts`;

export function toPerson(row: PersonRow): Person {
  return { is: 'person', accountId: row.id, name: row.name, links: row.links, posts: row.posts };
}

const byId = preparedSql<PersonRow>(
  sql`select ${personColumns} from accounts a where a.id = ${sql.placeholder('accountId')}`,
);

export async function loadPerson(db: Db, accountId: string): Promise<(Person & { locale: string }) | null> {
  const [row] = await byId(db, { accountId });
  return row ? { ...toPerson(row), locale: row.locale } : null;
}

/**
 * The actor read again, in the transaction that will write: a session may be a few seconds old, a lost post must not decide.
 * @throws not-signed-in when the account is gone
 */
export async function freshActor(ctx: Ctx): Promise<Actor> {
  if (ctx.actor.is !== 'person') return ctx.actor;
  const person = await loadPerson(ctx.db, ctx.actor.accountId);
  if (!person) throw notSignedIn();
  return person;
}
