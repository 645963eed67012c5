/** Who plays in a measurement: clerks with full lists and retirees with a chat, signed in for as long as it lasts. */
import { hashOf, newToken } from '../../../api/access/secrets.ts';
import { openBytes } from '../../../db/vault.ts';
import type postgres from 'postgres';

export interface Player {
  accountId: string;
  /** For the session cookie. */
  token: string;
  /** Their chat with the bot. */
  chatId: number;
  name: string;
}

export interface Clerk extends Player {
  unitId: string;
  /** Cases that wait at their unit. */
  numbers: string[];
}

export interface Applicant extends Player {
  retireeId: string;
  /** In whose care they are now. */
  unitId: string;
}

export interface Cast {
  clerks: Clerk[];
  applicants: Applicant[];
  /** Everybody with a post and a chat: people move away from units that nobody here plays. */
  staff: Pick<Player, 'chatId' | 'name'>[];
  /** Ends their sessions and throws away what they began and did not finish. */
  leave(): Promise<void>;
}

const CLERKS = 200;
const APPLICANTS = 6000;
/** More than a page of the pending list. */
const FULL_LIST = 21;
const SESSION_LIFE_MS = 60 * 60 * 1000;

interface Row {
  account_id: string;
  name: string;
  unit_id: string;
  address: Buffer;
}

/** Chooses the players at random and signs them in. */
export async function gather(sql: postgres.Sql): Promise<Cast> {
  const clerks = await sql<(Row & { numbers: string[] })[]>`
    select p.account_id, a.name, p.unit_id, l.address, k.numbers
      from (select unit_id, array_agg(number) as numbers from cases
             where status = 'open' group by unit_id having count(*) >= ${FULL_LIST} order by random() limit ${CLERKS}) k
      join posts p on p.unit_id = k.unit_id and p.role = 'clerk' and p.ended_at is null
      join accounts a on a.id = p.account_id
      join logins l on l.account_id = a.id and l.kind = 'telegram'
      join units u on u.id = p.unit_id and u.level = 'community'`;
  const applicants = await sql<(Row & { retiree_id: string })[]>`
    select s.account_id, a.name, s.retiree_id, c.unit_id, l.address
      from (select * from links tablesample system (20) where relation = 'self' and revoked_at is null) s
      join accounts a on a.id = s.account_id
      join logins l on l.account_id = a.id and l.kind = 'telegram'
      join care c on c.retiree_id = s.retiree_id and c.until is null
     where not exists (select from cases k where k.subject_id = s.retiree_id and k.status in ('open', 'returned'))
     order by random() limit ${APPLICANTS}`;
  if (clerks.length < 40 || applicants.length < 400)
    throw new Error('There are too few people in this database: fill it first (npm run bench:fill).');
  const staff = await sql<Pick<Row, 'name' | 'address'>[]>`
    select a.name, l.address from accounts a join logins l on l.account_id = a.id and l.kind = 'telegram'
     where exists (select from posts p where p.account_id = a.id)`;
  // A run that was cut off left chats that answered nobody.
  await sql`update logins set blocked_at = null where blocked_at is not null`;
  const began = new Date();
  const signedIn = async (rows: readonly Row[]) => signIn(sql, rows, began);
  const clerkPlayers = await signedIn(clerks);
  const applicantPlayers = await signedIn(applicants);
  return {
    clerks: clerkPlayers.map((player, at) => ({
      ...player,
      unitId: clerks[at]?.unit_id ?? '',
      numbers: clerks[at]?.numbers ?? [],
    })),
    applicants: applicantPlayers.map((player, at) => ({
      ...player,
      unitId: applicants[at]?.unit_id ?? '',
      retireeId: applicants[at]?.retiree_id ?? '',
    })),
    staff: staff.map(({ name, address }) => ({ name, chatId: chatOf(address) })),
    async leave() {
      await sql`delete from sessions where created_at = ${began.toISOString()}`;
      await sql`delete from drafts where submitted_at is null and created_at >= ${began.toISOString()}`;
    },
  };
}

async function signIn(sql: postgres.Sql, rows: readonly Row[], began: Date): Promise<Player[]> {
  const expires = new Date(began.getTime() + SESSION_LIFE_MS);
  const players = rows.map(({ account_id, name, address }) => ({
    accountId: account_id,
    token: newToken(),
    chatId: chatOf(address),
    name,
  }));
  await sql`
    insert into sessions (account_id, token_hash, created_at, expires_at)
    select a, decode(h, 'hex'), ${began.toISOString()}::timestamptz, ${expires.toISOString()}::timestamptz
      from unnest(${players.map((one) => one.accountId)}::uuid[], ${players.map((one) => hashOf(one.token).toString('hex'))}::text[]) as t (a, h)`;
  return players;
}

const chatOf = (address: Buffer) => Number(JSON.parse(openBytes(Buffer.from(address), 'logins.address').toString()));
