/** Lists for festivals and birthdays, budgets with their 批复, the ledger and its workbook, and the special-care flags. */
import readWorkbook from 'read-excel-file/node';
import sharp from 'sharp';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { budget, COMMUNITY, lineOf, STREET } from './fund.ts';
import { disagreements } from '../../tools/ledger.ts';

let stage: Stage;
let clerk: Browser;
let lead: Browser;
beforeAll(async () => {
  stage = await openStage('2026-10-08 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  lead = await stage.staff(COMMUNITY, 'lead');
  await sql(
    `update retirees set born = '1936-02-29' where id in (select retiree_id from care where unit_id = '${COMMUNITY}' order by retiree_id limit 2)`,
  );
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const festival = {
  unit: COMMUNITY,
  occasion: { kind: 'festival', occasion: 'doubleNinth' },
  form: 'goods',
  fen: 10_000,
};
const line = (kind: string) => lineOf(stage.house, COMMUNITY, kind);
const readList = async (id: string) => (await clerk.get(`/api/care/batches/${id}`)).body;
interface Row {
  retireeId: string;
  name: string;
  fen: number;
  state: string;
}

describe('flags', () => {
  test('are kept by the unit of care and the one right above it; each reading is recorded; nobody else sees them', async () => {
    const [row] = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '${COMMUNITY}' and r.born > '1950-01-01' order by r.id limit 1`);
    const id = row?.['id'] as string;
    expect((await clerk.post(`/api/care/retirees/${id}/flags`)).body).toMatchObject({
      flags: [],
      aged: false,
      version: 0,
    });
    const set = { flags: ['livingAlone', 'destitute'], version: 0 };
    expect((await clerk.put(`/api/care/retirees/${id}/flags`, set)).body).toMatchObject({ version: 1 });
    expect((await clerk.put(`/api/care/retirees/${id}/flags`, set)).body.code).toBe('flags-changed');
    const street = await stage.staff(STREET, 'lead');
    expect((await street.post(`/api/care/retirees/${id}/flags`)).body.flags).toEqual(['livingAlone', 'destitute']);
    for (const other of [
      await stage.person(RECEIVING_CLERK),
      await stage.staff('430102', 'lead'),
      await stage.person(LIU),
    ])
      expect((await other.post(`/api/care/retirees/${id}/flags`)).status).toBe(404);
    const readings = await sql(`select what from care_flag_readings where retiree_id = '${id}' order by n`);
    expect(readings.map((one) => one['what'])).toEqual(['read', 'set', 'read']);
    await expect(sql(`update care_flag_readings set account_id = retiree_id`)).rejects.toThrow('append-only');
    const [sealed] = await sql(`select row_to_json(f)::text as words from care_flags f where retiree_id = '${id}'`);
    expect(sealed?.['words']).not.toMatch(/livingAlone|destitute/);
  });
});

describe('a festival’s list', () => {
  let id: string;
  let rows: Row[];

  test('proposes the aged and those with a flag, each under their ceiling; one list at a time', async () => {
    const made = await clerk.post('/api/care/batches', festival);
    id = made.body.id;
    expect((await clerk.post('/api/care/batches', festival)).body).toMatchObject({ code: 'batch-there', id });
    const list = await readList(id);
    rows = list.rows;
    expect(list).toMatchObject({ status: 'proposed', day: '2026-10-18', may: { handle: true, approve: false } });
    const [due] =
      await sql(`select count(*)::int as n from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '${COMMUNITY}' and died_on is null and (born <= '1946-10-18'
        or exists (select from care_flags f where f.retiree_id = r.id and flagged))`);
    expect(rows).toHaveLength(due?.['n'] as number);
    expect(JSON.stringify(list)).not.toMatch(/livingAlone|destitute/);
    expect((await (await stage.person(RECEIVING_CLERK)).get(`/api/care/batches/${id}`)).status).toBe(404);
  });

  test('is checked by staff: somebody is taken off, sums are set; an old version is refused', async () => {
    const [first, second, third] = rows;
    const changes = rows.map(({ retireeId, fen }, at) => ({ retireeId, chosen: at < 3, form: 'money', fen }));
    expect((await clerk.put(`/api/care/batches/${id}`, { version: 1, rows: changes })).status).toBe(204);
    expect((await clerk.put(`/api/care/batches/${id}`, { version: 1, rows: [] })).body.code).toBe('batch-changed');
    expect(await readList(id)).toMatchObject({ people: 3, fen: 30_000, version: 2 });
    const high = { retireeId: second?.retireeId, chosen: true, form: 'money', fen: 30_001 };
    await clerk.put(`/api/care/batches/${id}`, { version: 2, rows: [high] });
    expect([first?.fen, third?.fen]).toEqual([10_000, 10_000]);
  });

  test('is approved by a lead, all or nothing: who is over the ceiling is named with the figures, and can be left out', async () => {
    expect((await clerk.post(`/api/care/batches/${id}/approve`, { version: 3 })).status).toBe(404);
    const refused = await lead.post(`/api/care/batches/${id}/approve`, { version: 3 });
    const [, second] = rows;
    expect(refused.body).toMatchObject({
      code: 'batch-refused',
      refused: [{ retireeId: second?.retireeId, name: second?.name, limitFen: 30_000, usedFen: 0, fen: 30_001 }],
    });
    const without = [second?.retireeId];
    expect((await lead.post(`/api/care/batches/${id}/approve`, { version: 3, without })).body.code).toBe('no-budget');
    await budget(lead, COMMUNITY, { festival: 199.99 });
    const poor = await lead.post(`/api/care/batches/${id}/approve`, { version: 3, without });
    expect(poor.body).toMatchObject({ code: 'over-budget' });
    expect(poor.body.detail).toContain('还剩 199.99 元，这次要 200 元');
    await budget(lead, COMMUNITY, { festival: 300.01 });
    const approved = await lead.post(`/api/care/batches/${id}/approve`, { version: 3, without });
    expect(approved.body).toEqual({ people: 2, fen: 20_000 });
    expect(await line('festival')).toEqual({ total: 500, reserved: 200, spent: 0 });
    expect((await lead.post(`/api/care/batches/${id}/approve`, { version: 4 })).body.code).toBe('batch-changed');
  });

  test('is paid singly, or by the photo of the signed sheet that completes its rows at once', async () => {
    const [first, , third] = rows;
    const payOf = (people: unknown[], more = {}) =>
      clerk.post(`/api/care/batches/${id}/pay`, { people, paidOn: '2026-10-08', second: '王芳', ...more });
    expect((await payOf([rows[5]?.retireeId])).body.code).toBe('nothing-reserved');
    expect((await payOf([first?.retireeId], { paidOn: '2025-10-08' })).body.code).toBe('outside-year');
    const receiver = { name: '刘小兰', relation: 'child' };
    expect((await payOf([first?.retireeId], { receiver })).body).toEqual({ people: 1 });
    expect((await payOf([first?.retireeId])).body.code).toBe('already-settled');
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const sheet = (await clerk.call('POST', `/api/care/batches/${id}/sheets`, picture)).body.id;
    expect((await payOf([third?.retireeId], { sheet })).body).toEqual({ people: 1 });
    expect((await clerk.call('GET', `/api/care/sheets/${sheet}`)).status).toBe(200);
    expect((await (await stage.person(RECEIVING_CLERK)).call('GET', `/api/care/sheets/${sheet}`)).status).toBe(404);
    const list = await readList(id);
    expect(list.rows[0]).toMatchObject({
      state: 'paid',
      receiver: '刘小兰',
      relation: 'child',
      handlers: ['李娟', '王芳'],
    });
    expect(await line('festival')).toEqual({ total: 500, reserved: 0, spent: 200 });
  });

  test('a payment is reversed by a lead with a reason, and stands in the ledger twice', async () => {
    const { paymentId } = (await readList(id)).rows[0];
    expect((await clerk.post(`/api/care/payments/${paymentId}/reverse`, { reason: '发错了人' })).status).toBe(404);
    expect((await lead.post(`/api/care/payments/${paymentId}/reverse`, { reason: '' })).body.code).toBe('bad-request');
    expect((await lead.post(`/api/care/payments/${paymentId}/reverse`, { reason: '发错了人' })).status).toBe(204);
    expect((await lead.post(`/api/care/payments/${paymentId}/reverse`, { reason: '再来一次' })).body.code).toBe(
      'already-settled',
    );
    const ledger = (await lead.get(`/api/care/ledger?unit=${COMMUNITY}&year=2026&month=10`)).body;
    expect(ledger.rows.map((row: Row) => row.fen)).toEqual([10_000, 10_000, -10_000]);
    expect(ledger.totals).toMatchObject([{ kind: 'festival', payments: 2, people: 2, fen: 10_000 }]);
    expect(await line('festival')).toEqual({ total: 500, reserved: 0, spent: 100 });
  });

  test('a second list proposes only what is left of each ceiling', async () => {
    const again = { ...festival, occasion: { kind: 'festival', occasion: 'spring' }, fen: 30_000 };
    const { id: next } = (await clerk.post('/api/care/batches', again)).body;
    const list = await readList(next);
    const paid = list.rows.find((row: Row) => row.retireeId === rows[2]?.retireeId);
    expect(paid).toMatchObject({ fen: 20_000, leftFen: 20_000 });
    expect((await clerk.post(`/api/care/batches/${next}/drop`, { version: list.version })).status).toBe(204);
  });
});

describe('a month’s birthdays', () => {
  test('are found by the card and by the lunar day, with the ceiling of the age; once each', async () => {
    await budget(lead, COMMUNITY, { birthday: 10_000 });
    const list = (occasion: string) => ({
      unit: COMMUNITY,
      occasion: { kind: 'birthday', occasion },
      form: 'money',
      fen: 50_000,
    });
    const { id } = (await clerk.post('/api/care/batches', list('02'))).body;
    const found = await readList(id);
    const leap = found.rows.filter((row: { day: string }) => row.day === '2026-02-28');
    expect(leap.length).toBeGreaterThanOrEqual(2);
    expect(leap[0]).toMatchObject({ age: 90, lunarDay: '2026-03-25', fen: 30_000 });
    expect((await lead.post(`/api/care/batches/${id}/approve`, { version: 1 })).status).toBe(200);
    const march = await clerk.post('/api/care/batches', list('03'));
    const others = march.body.id ? (await readList(march.body.id)).rows : [];
    expect(others.map((row: { day: string }) => row.day)).not.toContain('2026-02-28');
  });
});

describe('a budget', () => {
  test('is entered by the unit’s lead; a change and a move need the number of the 批复, and never go below what is approved', async () => {
    const entry = { unit: STREET, year: 2026, kind: 'festival', fen: 50_000 };
    expect((await clerk.post('/api/care/budgets', entry)).status).toBe(403);
    const street = await stage.staff(STREET, 'lead');
    expect((await street.post('/api/care/budgets', entry)).status).toBe(204);
    expect((await street.post('/api/care/budgets', { ...entry, fen: 1000 })).body.code).toBe('needs-approval');
    const move = { ...entry, toKind: 'hardship', fen: 20_000 };
    expect((await street.post('/api/care/budgets', move)).body.code).toBe('needs-approval');
    expect((await street.post('/api/care/budgets', { ...move, approval: '芙财批〔2026〕7号' })).status).toBe(204);
    const tooMuch = { ...move, fen: 30_001, approval: '芙财批〔2026〕8号' };
    expect((await street.post('/api/care/budgets', tooMuch)).body.code).toBe('below-use');
    const read = (await street.get(`/api/care/budgets?unit=${STREET}&year=2026`)).body;
    expect(read.lines.filter((one: { entered: boolean }) => one.entered)).toMatchObject([
      { kind: 'festival', totalFen: 30_000, leftFen: 30_000 },
      { kind: 'hardship', totalFen: 20_000 },
    ]);
    expect(read.entries[0]).toMatchObject({ kind: 'festival', toKind: 'hardship', approval: '芙财批〔2026〕7号' });
    // Rolled up: the street's own and those of its communities.
    expect(read.rolledUp[0]).toMatchObject({ kind: 'festival', totalFen: 80_000, spentFen: 10_000 });
    expect((await (await stage.person(RECEIVING_CLERK)).get(`/api/care/budgets?unit=${STREET}&year=2026`)).status).toBe(
      403,
    );
  });
});

describe('the workbook', () => {
  test('holds totals and payments as on the screen, and no name becomes a formula', async () => {
    await sql(
      `update retirees set name = '=1+1' where id = (select retiree_id from care_payments where entry = 'reverse' limit 1)`,
    );
    const query = `unit=${STREET}&year=2026`;
    const response = await fetch(`${stage.house.url}/api/care/ledger.xlsx?${query}`, {
      headers: { cookie: `session=${(await stage.staff(STREET, 'lead')).cookie('session')}` },
    });
    const file = new Uint8Array(await response.arrayBuffer());
    const [totals, rows] = await readWorkbook(Buffer.from(file));
    expect(totals?.data.flat()).toContain('文艺路街道 2026年慰问台账');
    expect(totals?.data.at(-1)?.at(-1)).toBe(100);
    expect(rows?.data.flat()).toContain('=1+1');
    const xml = Object.entries(unzipSync(file))
      .filter(([name]) => name.startsWith('xl/worksheets/'))
      .map(([, bytes]) => new TextDecoder().decode(bytes))
      .join('');
    expect(xml).not.toContain('<f>');
  });
});

test('the ledger sums after all this', async () => {
  expect(await disagreements(stage.house.connection)).toEqual([]);
});
