/** After a round: what was acknowledged is there exactly once, every effect once, every message out, ledger and timelines whole. */
import { auditChains } from '../../api/engine/audit.ts';
import { disagreements } from '../tools/ledger.ts';
import type { Acknowledged } from './traffic/stories.ts';
import type { Town } from './town/town.ts';

export interface Verdict {
  /** Rows of the outbox of this round that went to a chat, and how many messages came there twice. */
  messages: number;
  twice: number;
  /** Each is a promise that was broken, in words. */
  wrong: string[];
}

/** What each kind of case has in its timeline when all was decided, and what it wrote into the ledger. */
const DECISIONS = { relocation: 2, hospital: 2, 'call-back': 1 } as const;
const LEDGER = { relocation: '', hospital: 'pay reserve', 'call-back': '' } as const;

/** The messages there are, by their ids: what comes later is not told by the time, which some rounds set back. */
export async function messagesSoFar({ database: { connection } }: Town): Promise<ReadonlySet<string>> {
  const rows = await connection.sql<{ id: string }[]>`select id from messages`;
  return new Set(rows.map(({ id }) => id));
}

/** @param before the messages that were there before what was `told`: they are not looked at */
export async function verify(
  town: Town,
  told: readonly Acknowledged[],
  before: ReadonlySet<string>,
  mayRepeat: boolean,
): Promise<Verdict> {
  const { connection } = town.database;
  const audit = await auditChains(connection.db);
  const sums = await disagreements(connection);
  const mail = await verifyMail(town, before, mayRepeat);
  return {
    ...mail,
    wrong: [
      ...(await verifyCases(town, told)),
      ...mail.wrong,
      ...(audit.brokenCases > 0 ? [`${audit.brokenCases} timelines are broken`] : []),
      ...(sums.length > 0 ? [`the ledger does not add up: ${JSON.stringify(sums)}`] : []),
    ],
  };
}

interface CaseRow {
  number: string;
  status: string;
  opened: number;
  approved: number;
  ledger: string;
  alike: number;
  picture: boolean;
  cared: string | null;
  keepers: number;
}

async function verifyCases({ database: { connection } }: Town, told: readonly Acknowledged[]): Promise<string[]> {
  const rows = await connection.sql<CaseRow[]>`
    select k.number, k.status,
           (select count(*)::int from case_events e where e.case_id = k.id and e.verb = 'open') as opened,
           (select count(*)::int from case_events e where e.case_id = k.id and e.verb = 'approve') as approved,
           coalesce((select string_agg(p.entry, ' ' order by p.entry) from care_payments p where p.case_id = k.id), '') as ledger,
           (select count(*)::int from cases o where o.kind = k.kind and o.subject_id = k.subject_id and o.number >= k.number) as alike,
           t.file = '' or exists (select from files f where f.id = nullif(t.file, '')::uuid and length(f.content) > 0) as picture,
           (select c.unit_id from care c where c.retiree_id = k.subject_id and c.until is null) as cared,
           (select count(*)::int from care c where c.retiree_id = k.subject_id and c.until is null) as keepers
      from unnest(${told.map((one) => one.number)}::text[], ${told.map((one) => one.fileId ?? '')}::text[]) as t (number, file)
      join cases k on k.number = t.number`;
  const found = Map.groupBy(rows, (row) => row.number);
  const later = (one: Acknowledged) =>
    told.filter((other) => other.kind === one.kind && other.person === one.person).indexOf(one) + 1;
  return told.flatMap((one) => {
    const [row, ...more] = found.get(one.number) ?? [];
    const say = (what: string) => `${one.kind} ${one.number}: ${what}`;
    if (!row) return [say('was acknowledged and is not there')];
    const alike =
      told.filter((other) => other.kind === one.kind && other.person === one.person).length - later(one) + 1;
    return [
      ...(more.length > 0 ? [say('is there more than once')] : []),
      ...(row.opened === 1 ? [] : [say(`was opened ${row.opened} times`)]),
      ...(row.alike === alike ? [] : [say(`there are ${row.alike} of it, ${alike} were acknowledged`)]),
      ...(row.picture ? [] : [say('its picture is gone')]),
      ...(row.keepers === 1 ? [] : [say(`${row.keepers} communities keep this person`)]),
      ...(one.finished ? finishedWell(one, row, say) : [say('was never finished')]),
    ];
  });
}

function finishedWell(one: Acknowledged, row: CaseRow, say: (what: string) => string): string[] {
  return [
    ...(row.status === 'approved' ? [] : [say(`is ${row.status}`)]),
    ...(row.approved === DECISIONS[one.kind] ? [] : [say(`was approved ${row.approved} times`)]),
    ...(row.ledger === LEDGER[one.kind] ? [] : [say(`stands in the ledger as "${row.ledger}"`)]),
    ...(one.kind !== 'relocation' || row.cared === one.person.unitId ? [] : [say(`is kept by ${row.cared}`)]),
  ];
}

interface MessageRow {
  id: string;
  template: string;
  form: string;
  state: string;
  way: string | null;
  sent_id: string | null;
  last_error: string | null;
}

async function verifyMail(
  { database: { connection }, post }: Town,
  before: ReadonlySet<string>,
  mayRepeat: boolean,
): Promise<Omit<Verdict, never>> {
  const all = await connection.sql<MessageRow[]>`
    select id, template, form, state, way, sent_id, last_error from messages`;
  const rows = all.filter(({ id }) => !before.has(id));
  const say = (row: MessageRow, what: string) => `message ${row.template} (${row.form}): ${what}`;
  const out = rows.filter((row) => row.state === 'sent' && row.way === 'telegram');
  const wrong = rows.flatMap((row) => {
    if (row.state === 'queued' || row.state === 'failed') return [say(row, `is ${row.state}, ${row.last_error}`)];
    if (row.state !== 'sent' || row.way !== 'telegram') return [];
    const came = row.form === 'edit' ? post.edits.has(Number(row.sent_id)) : post.sends.has(Number(row.sent_id));
    return came ? [] : [say(row, 'counts as sent and came to nobody')];
  });
  const key = ({ chat, text }: { chat: number; text: string }) => `${chat} ${text}`;
  const meant = new Map<string, number>();
  for (const row of out) {
    const send = row.form !== 'edit' && post.sends.get(Number(row.sent_id));
    if (send) meant.set(key(send), (meant.get(key(send)) ?? 0) + 1);
  }
  const copies = Map.groupBy(
    [...post.sends.values()].filter((send) => meant.has(key(send))),
    key,
  );
  let twice = 0;
  for (const [what, sends] of copies) {
    const more = sends.length - (meant.get(what) ?? 0);
    twice += more;
    const limit = mayRepeat ? (meant.get(what) ?? 0) : 0;
    if (more > limit) wrong.push(`"${what.slice(0, 80)}" came ${sends.length} times, ${meant.get(what)} were meant`);
  }
  return { messages: out.length, twice, wrong };
}
