/** Verifies the timelines of all cases: that each chain is whole, says what its sealed words say, and reaches the heads written down. */
import { sql } from 'drizzle-orm';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Db } from '../../db/connect.ts';
import { openBytes } from '../../db/vault.ts';
import { chainStart, eventHash, payloadDigest, type ChainedEvent } from './chain.ts';

export interface Broken {
  caseId: string;
  /** The first event that does not follow from those before it; one past the last when the end is missing. */
  seq: number;
}

export interface Audit {
  cases: number;
  events: number;
  /** Events whose words were erased: their chain is whole all the same. */
  erased: number;
  brokenCases: number;
  first: Broken | null;
}

const PAGE = 2000;

/** How far the chain of the case being read was followed. */
interface Chain {
  hash: Buffer;
  seq: number;
  broken: boolean;
}

interface Row extends Record<string, unknown> {
  case_id: string;
  seq: number;
  at: string | Date;
  verb: string;
  step: string | null;
  status: string;
  unit_id: string;
  account_id: string | null;
  digest: Buffer;
  previous: Buffer;
  hash: Buffer;
  salt: Buffer | null;
  payload: Buffer | null;
}

/** Walks every event once, in pages; memory does not grow with their number. */
export async function auditChains(db: Db, onProgress: (events: number) => void = () => {}): Promise<Audit> {
  const audit: Audit = { cases: 0, events: 0, erased: 0, brokenCases: 0, first: null };
  const found = (broken: Broken) => {
    audit.brokenCases += 1;
    audit.first ??= broken;
  };
  let at = { caseId: '00000000-0000-0000-0000-000000000000', seq: 0 };
  let chain: Chain = { hash: chainStart, seq: 0, broken: false };
  for (;;) {
    const rows = await pageAfter(db, at);
    for (const row of rows) {
      if (row.case_id !== at.caseId) {
        chain = { hash: chainStart, seq: 0, broken: false };
        audit.cases += 1;
      }
      if (row.payload === null) audit.erased += 1;
      if (!chain.broken && !follows(row, chain)) {
        chain.broken = true;
        found({ caseId: row.case_id, seq: row.seq });
      }
      chain = { ...chain, hash: row.hash, seq: row.seq };
      at = { caseId: row.case_id, seq: row.seq };
    }
    audit.events += rows.length;
    onProgress(audit.events);
    if (rows.length < PAGE) break;
  }
  for (const caseId of await casesWithoutStory(db)) found({ caseId, seq: 1 });
  return audit;
}

/** Compares with heads written down earlier: an event that stood there must stand there still. */
export async function auditHeads(db: Db, file: string): Promise<{ heads: number; first: Broken | null }> {
  let heads = 0;
  let first: Broken | null = null;
  let page: string[][] = [];
  const check = async () => {
    const gone = await missingHeads(db, page);
    first ??= gone[0] ?? null;
    heads += page.length;
    page = [];
  };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line) page.push(line.split(' '));
    if (page.length === PAGE) await check();
  }
  await check();
  return { heads, first };
}

function follows(row: Row, chain: Chain): boolean {
  const event: ChainedEvent = {
    caseId: row.case_id,
    seq: row.seq,
    at: new Date(row.at),
    verb: row.verb,
    step: row.step,
    status: row.status,
    unitId: row.unit_id,
    accountId: row.account_id,
    digest: row.digest,
    previous: row.previous,
  };
  const whole = row.seq === chain.seq + 1 && row.previous.equals(chain.hash) && eventHash(event).equals(row.hash);
  return whole && saysItsDigest(row);
}

function saysItsDigest({ payload, salt, digest }: Row): boolean {
  if (payload === null || salt === null) return true;
  try {
    return payloadDigest(openBytes(payload, 'event_payloads.payload').toString(), salt).equals(digest);
  } catch {
    return false;
  }
}

async function pageAfter(db: Db, at: { caseId: string; seq: number }): Promise<Row[]> {
  return [
    ...(await db.execute<Row>(sql`
      select e.*, p.salt, p.payload
        from case_events e left join event_payloads p on p.case_id = e.case_id and p.seq = e.seq
       where (e.case_id, e.seq) > (${at.caseId}::uuid, ${at.seq}::int)
       order by e.case_id, e.seq limit ${PAGE}`)),
  ];
}

async function casesWithoutStory(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select c.id from cases c where not exists (select from case_events e where e.case_id = c.id) limit ${PAGE}`);
  return [...rows].map((row) => row.id);
}

async function missingHeads(db: Db, lines: string[][]): Promise<Broken[]> {
  if (lines.length === 0) return [];
  const heads = lines.map(([caseId, seq, hash]) => ({ case_id: caseId, seq: Number(seq), hash }));
  const rows = await db.execute<{ case_id: string; seq: number }>(sql`
    select h.case_id, h.seq from json_to_recordset(${JSON.stringify(heads)}::json) as h(case_id uuid, seq int, hash text)
     where not exists (select from case_events e
       where e.case_id = h.case_id and e.seq = h.seq and encode(e.hash, 'hex') = h.hash)
     order by h.case_id`);
  return [...rows].map((row) => ({ caseId: row.case_id, seq: row.seq }));
}
