/** The timeline of a case: nothing in it changes, what was changed all the same is found, and what is erased leaves it whole. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditChains, auditHeads } from '../../../api/engine/audit.ts';
import { brokenAt, chainStart, digestOf, eventHash, type ChainedEvent } from '../../../api/engine/chain.ts';
import { nightly } from '../../../api/jobs/nightly.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from './stage.ts';

const run = promisify(execFile);

let stage: Stage;
let folder: string;
let numbers: string[];
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00');
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-heads-'));
  const liu = await stage.person(LIU);
  const clerk = await stage.person(RECEIVING_CLERK);
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  numbers = [];
  for (let at = 0; at < 3; at += 1) {
    const number = await apply(liu, 'relocation', move);
    await use(clerk, number, 'return', { missing: ['since-unclear'], words: '请核对' });
    await use(liu, number, 'withdraw');
    numbers.push(number);
  }
});
afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true });
});

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** Changes what the trigger protects, as somebody with the database's own keys could. */
const tamper = (query: string) =>
  stage.house.connection.sql.begin(async (tx) => {
    await tx.unsafe('set local session_replication_role = replica');
    await tx.unsafe(query);
  });
const idOf = async (at: number) =>
  (await sql(`select id from cases where number = '${numbers[at]}'`))[0]?.['id'] as string;

describe('the chain', () => {
  const events = [1, 2, 3].reduce<(ChainedEvent & { hash: Buffer })[]>((chain, seq) => {
    const event = {
      caseId: 'c',
      seq,
      at: new Date(seq),
      verb: 'approve',
      step: null,
      status: 'open',
      unitId: 'u',
      accountId: null,
      digest: digestOf({ said: seq }).digest,
      previous: chain.at(-1)?.hash ?? chainStart,
    };
    return [...chain, { ...event, hash: eventHash(event) }];
  }, []);

  test('whole is whole; a change, a gap or another order is found at its first event', () => {
    expect(brokenAt(events)).toBeNull();
    expect(brokenAt([])).toBeNull();
    const changed = (part: Partial<ChainedEvent>) =>
      brokenAt(events.map((event) => (event.seq === 2 ? { ...event, ...part } : event)));
    expect(changed({ verb: 'reject' })).toBe(2);
    expect(changed({ at: new Date(9) })).toBe(2);
    expect(changed({ accountId: 'somebody' })).toBe(2);
    expect(changed({ digest: Buffer.alloc(32) })).toBe(2);
    expect(brokenAt(events.filter((event) => event.seq !== 2))).toBe(3);
    expect(brokenAt(events.toReversed())).toBe(3);
  });
});

describe('beside it, for staff alone', () => {
  const remark = (who: Browser, words: string, at = 2) => who.post(`/api/cases/${numbers[at]}/remarks`, { words });
  const look = async (who: Browser, at = 2) => (await who.get(`/api/cases/${numbers[at]}`)).body;

  test('earlier cases of the person, newest first, those that the reader oversees', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    const { earlier } = (await look(clerk)).staffSide;
    expect(earlier.map((one: { number: string }) => one.number)).toEqual([numbers[1], numbers[0]]);
    expect(earlier[0]).toMatchObject({ title: '搬到别的社区', state: '已撤回', day: '2026-11-02' });
    expect((await look(clerk, 0)).staffSide.earlier).toEqual([]);
    // One that went to another unit is not theirs to read, and so not in the list.
    await sql(`update cases set unit_id = '430103005001' where number = '${numbers[1]}'`);
    expect((await look(clerk)).staffSide.earlier).toHaveLength(1);
    await sql(`update cases set unit_id = '${newHome.communityId}' where number = '${numbers[1]}'`);
  });

  test('remarks: once however often it is tapped, in order, without moving the case', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    const lead = await stage.staff(newHome.communityId, 'lead');
    const before = await look(clerk);
    const taps = await Promise.all([1, 2, 3].map(() => remark(clerk, ' 电话打过，下午再打 ')));
    expect(taps.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(taps.map(({ body }) => body.id)).size).toBe(1);
    expect((await remark(lead, '她女儿周三来')).status).toBe(200);
    const after = await look(lead);
    const said = after.staffSide.remarks.map(({ words, who }: { words: string; who: string }) => [who, words]);
    expect(said).toEqual([
      ['张伟', '电话打过，下午再打'],
      [expect.any(String), '她女儿周三来'],
    ]);
    expect(after.staffSide.remarks[0].at).toBe('2026-11-02T02:00:00.000Z');
    expect([after.version, after.due, after.timeline]).toEqual([before.version, before.due, before.timeline]);
    expect((await remark(clerk, '  ')).status).toBe(400);
    expect((await remark(clerk, '长'.repeat(501))).status).toBe(400);
  });

  test('neither the retiree nor a clerk elsewhere reads or writes one; nor does a clerk about their own family', async () => {
    const [liu, clerk] = [await stage.person(LIU), await stage.person(RECEIVING_CLERK)];
    const other = await stage.person(OLD_CLERK);
    expect((await look(liu)).staffSide).toBeNull();
    expect((await remark(liu, '我看看')).status).toBe(404);
    expect((await remark(other, '我看看')).status).toBe(404);
    expect(JSON.stringify((await liu.get('/api/my-data')).body)).not.toContain('电话打过');
    expect(JSON.stringify(await look(liu))).not.toContain('电话打过');
    const [kept] = await sql('select words from case_remarks limit 1');
    expect(Buffer.from(kept?.['words']).toString()).not.toContain('电话打过');
    const [first] = await sql('select by_id as id from case_remarks order by id limit 1');
    await sql(`insert into links (account_id, retiree_id, relation, scope)
      select '${first?.['id']}', subject_id, 'child', 'look' from cases where number = '${numbers[2]}'`);
    expect((await look(clerk)).staffSide).toBeNull();
    expect((await remark(clerk, '我自己家的事')).status).toBe(404);
    await sql(`delete from links where relation = 'child' and account_id = '${first?.['id']}'`);
  });
});

describe('in the database', () => {
  test('events are neither changed, deleted nor emptied', async () => {
    await expect(sql(`update case_events set verb = 'reject'`)).rejects.toThrow('append-only');
    await expect(sql(`delete from case_events`)).rejects.toThrow('append-only');
    await expect(sql(`truncate case_events cascade`)).rejects.toThrow('append-only');
    expect((await auditChains(stage.ctx.db)).first).toBeNull();
  });

  test('erased words leave the chain whole, and are counted', async () => {
    const id = await idOf(0);
    await sql(`delete from event_payloads where case_id = '${id}' and seq = 2`);
    const audit = await auditChains(stage.ctx.db);
    expect(audit).toMatchObject({ cases: 3, events: 9, erased: 1, brokenCases: 0, first: null });
    const seen = await (await stage.person(LIU)).get(`/api/cases/${numbers[0]}`);
    expect(seen.body.timeline[1].said).toEqual([]);
  });

  test('every night all heads are written down outside; a chain rewritten whole is found by them', async () => {
    stage.at('2026-11-03 03:20');
    await nightly(stage.ctx, folder, (error) => {
      throw error;
    });
    expect(await readdir(folder)).toEqual(['2026-11-03.txt']);
    const file = join(folder, '2026-11-03.txt');
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(await auditHeads(stage.ctx.db, file)).toEqual({ heads: 3, first: null });
    // Cut at the end the chain itself is whole; only the heads know.
    const id = await idOf(0);
    await tamper(`create table kept as select * from case_events where case_id = '${id}' and seq = 3;
      delete from case_events where case_id = '${id}' and seq = 3`);
    expect((await auditChains(stage.ctx.db)).first).toBeNull();
    expect((await auditHeads(stage.ctx.db, file)).first).toEqual({ caseId: id, seq: 3 });
    await tamper(`insert into case_events select * from kept; drop table kept`);
    await writeFile(file, `${lines.join('\n')}\n`);
    expect((await auditHeads(stage.ctx.db, file)).first).toBeNull();
  });

  test('tampering is found with the first wrong event: a verb, swapped words, a story gone', async () => {
    const [second, third] = [await idOf(1), await idOf(2)];
    await tamper(`update case_events set verb = 'approve' where case_id = '${second}' and seq = 2`);
    expect(await auditChains(stage.ctx.db)).toMatchObject({ brokenCases: 1, first: { caseId: second, seq: 2 } });
    await tamper(`update case_events set verb = 'return' where case_id = '${second}' and seq = 2`);
    expect((await auditChains(stage.ctx.db)).first).toBeNull();
    // Sealed words of another event open here as well, and are not what was said.
    await sql(`update event_payloads a set payload = b.payload from event_payloads b
      where a.case_id = '${third}' and a.seq = 1 and b.case_id = '${third}' and b.seq = 2`);
    expect((await auditChains(stage.ctx.db)).first).toEqual({ caseId: third, seq: 1 });
    await tamper(`delete from case_events where case_id = '${second}'`);
    expect(await auditChains(stage.ctx.db)).toMatchObject({ cases: 2, brokenCases: 2 });

    const env = { ...process.env, DATABASE_URL: stage.house.databaseUrl, LANG: 'en_GB.UTF-8', NODE_ENV: 'test' };
    const told = await run(process.execPath, ['api/engine/audit-cli.ts'], { env }).catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 1, stdout: expect.stringContaining('timelines of 2 cases do not hold') });
    expect(told).toMatchObject({ stdout: expect.stringContaining(numbers[2] ?? '') });
  });
});
