/** Who lives in the town: the demo's people, some of them signed in and with a chat, and money for those in hospital. */
import { hashOf, newToken } from '../../../api/access/secrets.ts';
import { prepareDatabase, type Connection } from '../../../db/connect.ts';
import { accounts, links, logins, sessions } from '../../../db/schema/access.ts';
import { budgetEntries } from '../../../db/schema/care.ts';
import { blindIndex } from '../../../db/vault.ts';
import { loadDemo } from '../../../db/seed/demo/load.ts';

export interface Player {
  accountId: string;
  token: string;
  chatId: number;
  name: string;
  unitId: string;
}
export interface Person extends Player {
  retireeId: string;
}
export interface Cast {
  people: Person[];
  /** One of each community. */
  clerks: Player[];
}

const PEOPLE = 1000;
const FIRST_CHAT = 6_000_000_000;
const DAY_MS = 86_400_000;

/** Brings up the tables, loads the demo and signs people in. `now` is the town's. */
export async function gatherTown(url: string, { db, sql }: Connection, secret: string, now: Date): Promise<Cast> {
  await prepareDatabase(url, secret);
  await loadDemo(db);
  const clerkRows = await sql<{ account_id: string; name: string; unit_id: string }[]>`
    select distinct on (p.unit_id) p.account_id, a.name, p.unit_id from posts p join accounts a on a.id = p.account_id
      join units u on u.id = p.unit_id
     where p.role = 'clerk' and u.level = 'community' order by p.unit_id, p.id`;
  const rows = await sql<{ id: string; name: string; unit_id: string }[]>`
    select r.id, r.name, c.unit_id from retirees r join care c on c.retiree_id = r.id and c.until is null
      join units u on u.id = c.unit_id and u.level = 'community'
     where r.died_on is null and not exists (select from links l where l.retiree_id = r.id) order by r.id limit ${PEOPLE}`;
  const player = (one: { name: string; unit_id: string }, accountId: string, at: number): Player => ({
    accountId,
    token: newToken(),
    chatId: FIRST_CHAT + at,
    name: one.name,
    unitId: one.unit_id,
  });
  const clerks = clerkRows.map((row, at) => player(row, row.account_id, at));
  const people = rows.map((row, at) => ({ ...player(row, crypto.randomUUID(), 100 + at), retireeId: row.id }));
  await db.insert(accounts).values(people.map(({ accountId, name }) => ({ id: accountId, name })));
  await db
    .insert(links)
    .values(people.map(({ accountId, retireeId }) => ({ accountId, retireeId, relation: 'self' as const })));
  for (const players of [clerks, people]) {
    await db.insert(logins).values(players.map(chatOf));
    await db.insert(sessions).values(players.map((one) => sessionOf(one, now)));
  }
  await db.insert(budgetEntries).values(clerks.map((one) => purseOf(one, now)));
  return { people, clerks };
}

const chatOf = ({ accountId, chatId }: Player) => ({
  accountId,
  kind: 'telegram' as const,
  key: blindIndex('login', `telegram:${chatId}`),
  address: String(chatId),
});

const sessionOf = ({ accountId, token }: Player, now: Date) => ({
  accountId,
  tokenHash: hashOf(token),
  createdAt: now,
  expiresAt: new Date(now.getTime() + 30 * DAY_MS),
});

/** What a community may give to those in hospital this year, entered as its lead would. */
const purseOf = ({ accountId, unitId }: Player, now: Date) => ({
  unitId,
  year: now.getUTCFullYear(),
  kind: 'hospital',
  fen: 100_000_000,
  approval: '长财〔2026〕1号',
  accountId,
  at: now,
});
