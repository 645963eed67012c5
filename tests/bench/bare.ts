/**
 * What the API is measured against: `node:http` and `postgres` alone, reading the same data as the three reads of `run/ratios.ts`, a
 * plain query for each kind of row, with no session, no access check, no unsealing and no words. Sealed columns leave as base64.
 *
 *     DATABASE_URL=… DATABASE_POOL=20 node tests/bench/bare.ts
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { readConfig } from '../../api/config.ts';

const config = readConfig(process.env);
const sql = postgres(config.DATABASE_URL ?? '', { max: config.DATABASE_POOL });

const retiree = (id: string) => sql`
  select r.id, r.name, r.insured_at, r.died_on, encode(r.phone, 'base64') as phone,
         c.unit_id as care_unit, h.community_id as home_community, encode(h.place, 'base64') as home_place
    from retirees r
    left join care c on c.retiree_id = r.id and c.until is null
    left join residences h on h.retiree_id = r.id and h.until is null
   where r.id = ${id}`;

async function readCase(number: string): Promise<unknown> {
  const [row] = await sql`select * from cases where number = ${number}`;
  if (!row) return null;
  const [subject, events, answers, names, earlier, remarks] = await Promise.all([
    retiree(String(row['subject_id'])),
    sql`
      select e.seq, e.at, e.verb, e.step, e.status, e.unit_id, e.account_id, encode(p.payload, 'base64') as payload, a.name
        from case_events e
        left join event_payloads p on p.case_id = e.case_id and p.seq = e.seq
        left join accounts a on a.id = e.account_id
       where e.case_id = ${row['id']} order by e.seq limit 200`,
    sql`select step, round, encode(answers, 'base64') as answers, at from case_answers where case_id = ${row['id']} order by at limit 200`,
    sql`select id, name from accounts where id in (${row['applicant_id']}, ${row['claimed_by']})`,
    sql`
      select * from cases where subject_id = ${row['subject_id']} and (opened_at, id) < (${row['opened_at']}, ${row['id']})
       order by opened_at desc, id desc limit 10`,
    sql`select id, at, by_id, encode(words, 'base64') as words from case_remarks where case_id = ${row['id']} order by id limit 200`,
  ]);
  return { row, subject, events, answers, names, earlier, remarks };
}

async function pending(unitId: string): Promise<unknown> {
  return sql`
    select k.id, k.number, k.kind, k.status, k.step, k.unit_id, k.version, k.claimed_by, k.opened_at, k.due_at,
           r.id as retiree_id, r.name as retiree_name, a.name as claimer
      from cases k
      left join retirees r on r.id = k.subject_id
      left join accounts a on a.id = k.claimed_by
     where k.status in ('open', 'entering') and k.unit_id = ${unitId}
     order by k.due_at, k.id limit 21`;
}

async function draft(id: string): Promise<unknown> {
  const [row] = await sql`
    select d.id, d.kind, d.service_version, d.account_id, d.capacity, d.subject_id, d.case_id, d.step, d.verb, d.round,
           d.revision, encode(d.answers, 'base64') as answers, d.purpose, d.expires_at, d.submitted_at, to_jsonb(k) as case_row
      from drafts d left join cases k on k.id = d.case_id where d.id = ${id}`;
  return row && { row, subject: await retiree(String(row['subject_id'])) };
}

const reads: Record<string, (key: string) => Promise<unknown>> = { cases: readCase, pending, drafts: draft };

const server = createServer((request, response) => {
  const [, name = '', key = ''] = (request.url ?? '').split('/');
  const read = reads[name] ?? (async () => null);
  read(key).then(
    (found) => response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => {
  server.close(() => void sql.end({ timeout: 5 }));
  server.closeAllConnections();
});
