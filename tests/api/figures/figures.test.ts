/** The figures of a community, its street and its district, of cases that really went their way. */
import readWorkbook from 'read-excel-file/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countMonths } from '../../../api/figures/count-months.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { budget } from '../care/fund.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

/** 识字里社区 and its street; 梓园社区, its street and its district. */
const HOME = '430102001001';
const HOME_STREET = '430102001';
const [COMMUNITY, STREET, DISTRICT] = ['430111001001', '430111001', '430111'] as const;
let stage: Stage;
let home: Browser;
let clerk: Browser;
let people: string[];

/** Opens a relocation to 梓园社区 for the next of the people. */
const relocate = async () => {
  const answers = { to: 'city', home: newHome, since: '2026-10-20', reason: 'other', proof: null, handOver: true };
  return apply(home, 'relocation', answers, people.shift());
};
const figuresOf = async (who: Browser, unit: string, more = '') =>
  (await who.get(`/api/figures?unit=${unit}${more}`)).body;
const sql = (query: string) => stage.house.connection.sql.unsafe(query);

beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  home = await stage.person(OLD_CLERK);
  clerk = await stage.person(RECEIVING_CLERK);
  const rows = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
    where c.unit_id = '${HOME}' and r.died_on is null and r.name <> '刘淑兰' order by r.id limit 6`);
  people = rows.map((row) => row['id'] as string);
});
afterAll(() => stage.stop());

describe('cases of one unit', () => {
  let numbers: string[];
  test('are counted as they come in', async () => {
    numbers = [await relocate(), await relocate(), await relocate(), await relocate(), await relocate()];
    expect((await figuresOf(clerk, COMMUNITY)).total).toEqual({
      received: 5,
      returned: 0,
      decided: 0,
      timed: 0,
      onTime: 0,
      medianDays: null,
      p90Days: null,
      waiting: 5,
      overdue: 0,
      rating: null,
      paidFen: 0,
      budgetFen: 0,
      activities: 0,
      came: 0,
      activityRating: null,
      groups: 0,
      visits: 0,
    });
  });

  test('decided in time, after a return, late, refused; one withdrawn, one left lying', async () => {
    const [inTime = '', returned = '', late = '', withdrawn = ''] = numbers;
    stage.at('2026-11-03 10:00');
    await use(clerk, returned, 'return', { missing: ['address-incomplete'], words: null });
    expect((await use(home, withdrawn, 'withdraw')).status).toBe(200);
    stage.at('2026-11-04 16:00');
    expect((await use(clerk, inTime, 'approve')).body.status).toBe('entering');
    stage.at('2026-11-09 09:00');
    const again = saying({ home: { ...newHome, room: '102室' } });
    const { version } = (await home.get(`/api/cases/${returned}`)).body;
    expect((await home.post(`/api/cases/${returned}/resubmit`, { version, answers: again })).status).toBe(200);
    expect((await use(clerk, late, 'reject', { reason: 'not-living-here', words: null })).body.status).toBe('rejected');
    // Typed into the office's own system five working days later: that is not the applicant's wait.
    expect((await use(clerk, inTime, 'approve')).body.status).toBe('approved');
    stage.at('2026-11-10 09:00');
    expect((await use(clerk, returned, 'approve')).body.status).toBe('entering');
    const { total, months, branches, from, to } = await figuresOf(clerk, COMMUNITY);
    expect({ from, to, branches }).toEqual({ from: '2026-01-01', to: '2026-11-10', branches: [] });
    // 2, 2 and 5 working days; the withdrawn one was received and never decided.
    const counted = { received: 5, returned: 1, decided: 3, timed: 3, onTime: 2, medianDays: 2, p90Days: 5 };
    expect(total).toMatchObject({ ...counted, waiting: 2, overdue: 1 });
    expect(months).toHaveLength(11);
    expect(months.at(-1)).toEqual({ month: '2026-11', ...counted });
    expect(months[0]).toMatchObject({ month: '2026-01', received: 0, decided: 0, medianDays: null });
  });

  test('roll up: the street and the district have them once, beside units that have none', async () => {
    const street = await figuresOf(await stage.staff(STREET, 'lead'), STREET);
    const [own, ...below] = street.branches;
    expect(own).toMatchObject({ own: true, unit: { id: STREET }, received: 0 });
    expect(below.filter((one: { received: number }) => one.received > 0)).toMatchObject([
      { own: false, unit: { id: COMMUNITY, name: '梓园社区' }, received: 5, decided: 3, onTime: 2, overdue: 1 },
    ]);
    expect(street.above).toBeNull();
    const district = await figuresOf(await stage.staff(DISTRICT, 'lead'), DISTRICT);
    expect(district.total).toMatchObject({ received: 5, returned: 1, decided: 3, onTime: 2, waiting: 2, overdue: 1 });
    expect(district.branches.find((one: { unit: { id: string } }) => one.unit.id === STREET)).toMatchObject({
      received: 5,
      medianDays: 2,
    });
    expect((await figuresOf(await stage.staff(DISTRICT, 'lead'), STREET)).above).toMatchObject({ id: DISTRICT });
  });

  test('behind each figure stand its cases, for whoever may see it, filtered and page by page', async () => {
    const list = async (what: string, more = '', unit: string = COMMUNITY, who = clerk) =>
      (await who.get(`/api/figures/cases?unit=${unit}&what=${what}${more}`)).body;
    const count = async (what: string, more?: string) => (await list(what, more)).cases.length;
    const { total } = await figuresOf(clerk, COMMUNITY);
    for (const what of ['received', 'returned', 'decided', 'onTime', 'waiting', 'overdue'] as const)
      expect([what, await count(what)]).toEqual([what, total[what]]);
    expect(await count('late')).toBe(1);
    expect(await count('received', '&from=2026-11-03')).toBe(0);
    expect(await count('received', '&kind=hardship')).toBe(0);
    expect(await count('received', '&status=withdrawn')).toBe(1);
    const lead = await stage.staff(DISTRICT, 'lead');
    expect((await list('received', '', DISTRICT, lead)).cases).toEqual((await list('received')).cases);
    expect((await list('received', '', DISTRICT)).code).toBe('not-allowed');
    expect((await list('received', '&own=yes', DISTRICT, lead)).cases).toEqual([]);
    const [{ number }] = (await list('late')).cases;
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(200);
    // One after another, none twice and none left out.
    const all = (await list('received')).cases;
    const [row] = await sql(`select id, opened_at from cases where number = '${all[1].number}'`);
    const after = `${new Date(row?.['opened_at'] as string).toISOString()},${row?.['id']}`;
    expect((await list('received', `&after=${after}`)).cases).toEqual(all.slice(2));
  });

  test('of another period are others; a day counts from midnight in Changsha', async () => {
    const on = async (from: string, to: string) => (await figuresOf(clerk, COMMUNITY, `&from=${from}&to=${to}`)).total;
    expect(await on('2026-11-02', '2026-11-02')).toMatchObject({ received: 5, decided: 0 });
    expect(await on('2026-11-03', '2026-11-08')).toMatchObject({ received: 0, decided: 1, onTime: 1, medianDays: 2 });
    expect(await on('2026-11-09', '2026-11-09')).toMatchObject({ received: 0, decided: 1, onTime: 0, medianDays: 5 });
    // What stands now stands now, whatever the period.
    expect(await on('2025-01-01', '2025-12-31')).toMatchObject({ received: 0, decided: 0, waiting: 2, overdue: 1 });
  });

  test.each([
    ['&from=2026-02-01&to=2026-01-31', 'bad-period'],
    ['&from=2020-01-01&to=2026-01-31', 'bad-period'],
    ['&from=2026-02-30', 'bad-request'],
  ])('a period %s is refused', async (period, code) => {
    expect((await figuresOf(clerk, COMMUNITY, period)).code).toBe(code);
  });
});

describe('what people said', () => {
  test('is shown from the fifth rating on', async () => {
    const liu = await stage.person(LIU);
    const rate = async (stars: string) => {
      const number = await apply(liu, 'consultation', { question: '活动室几点开门？' });
      await use(home, number, 'approve', { answer: '早上八点半' });
      expect((await use(liu, number, 'rate', { stars, words: null })).status).toBe(200);
    };
    for (const stars of ['5', '4', '5', '5']) await rate(stars);
    expect((await figuresOf(home, HOME)).total).toMatchObject({ decided: 4, onTime: 4, medianDays: 0, rating: null });
    await rate('3');
    expect((await figuresOf(home, HOME)).total.rating).toEqual({ mean: 4.4, count: 5 });
    const street = await figuresOf(await stage.staff(HOME_STREET, 'lead'), HOME_STREET);
    expect(street.total.rating).toEqual({ mean: 4.4, count: 5 });
  });
});

describe('services', () => {
  test('are told one by one, but for those that speak of need, illness or death', async () => {
    const liu = await stage.person(LIU);
    const claim = { situation: 'noFamily', cause: 'event', difficult: true, what: '难处', phone: LIU, papers: null };
    await apply(liu, 'hardship', claim);
    const { services } = await figuresOf(home, HOME);
    expect(services).toMatchObject([
      { kind: 'consultation', title: '问社区', received: 5, decided: 5 },
      { kind: null, title: '特殊关爱和身后事（合在一起）', received: 1, decided: 0 },
    ]);
    expect(JSON.stringify(await figuresOf(home, HOME))).not.toContain('hardship');
  });
});

describe('money', () => {
  test('is the budget of the years and what was paid in the period, less what came back', async () => {
    const lead = await stage.staff(HOME, 'lead');
    await budget(lead, HOME, { festival: 1000, birthday: 500 });
    const festival = { kind: 'festival', occasion: 'doubleNinth' };
    const { id } = (
      await home.post('/api/care/batches', { unit: HOME, occasion: festival, form: 'money', fen: 20_000 })
    ).body;
    const list = (await home.get(`/api/care/batches/${id}`)).body;
    const rows = list.rows.map((row: { retireeId: string; form: string; fen: number }, at: number) => ({
      retireeId: row.retireeId,
      form: row.form,
      fen: 20_000,
      chosen: at < 2,
    }));
    expect((await home.put(`/api/care/batches/${id}`, { version: list.version, rows })).status).toBe(204);
    const approved = await lead.post(`/api/care/batches/${id}/approve`, { version: list.version + 1 });
    expect(approved.body).toMatchObject({ people: 2 });
    const { body: sheet } = await home.call('POST', `/api/care/batches/${id}/sheets`, await picture());
    const [first, second] = rows.map((row: { retireeId: string }) => row.retireeId);
    const pay = { people: [first, second], paidOn: '2026-11-10', second: '王芳', sheet: sheet.id };
    expect((await home.post(`/api/care/batches/${id}/pay`, pay)).body).toEqual({ people: 2 });
    expect((await figuresOf(home, HOME)).total).toMatchObject({ paidFen: 40_000, budgetFen: 150_000 });
    const before = await figuresOf(home, HOME, '&from=2026-11-01&to=2026-11-09');
    expect(before.total).toMatchObject({ paidFen: 0, budgetFen: 150_000 });
    expect((await figuresOf(home, HOME, '&from=2025-01-01&to=2025-12-31')).total).toMatchObject({ budgetFen: 0 });
  });
});

describe('activities, groups and visits', () => {
  const nobody = 'uuidv7()';
  /** An activity of the community with so many who came, of whom these rated it. */
  async function hold(startsAt: string, came: number, stars: readonly number[], state = 'published') {
    const [row] =
      await sql(`insert into activities (unit_id, state, kind, title, details, starts_at, ends_at, place, directions,
        seats, opens_at, closes_at, bring, walking, companions, contact_name, contact_phone, made_by, made_at, cancelled_at)
      values ('${HOME}', '${state}', 'culture', '唱歌', '', '${startsAt}', '${startsAt}'::timestamptz + interval '2 hours', '活动室', '',
        50, '2026-01-01', '2026-01-02', '', 'easy', false, '李娟', '', ${nobody}, now(), ${state === 'published' ? 'null' : 'now()'})
      returning id`);
    await sql(`insert into sign_ups (activity_id, retiree_id, account_id, state, size, needs, at, checked_in_at, checked_in_by, checked_at, stars)
      select '${row?.['id']}', id, ${nobody}, 'in', 1, '\\x00', now(), case when n <= ${came} then now() end,
             case when n <= ${came} then ${nobody} end, now(),
             (array[${stars.join()}]::int[])[n]
        from (select id, row_number() over (order by id) as n from retirees limit ${came + 1}) as picked`);
  }

  test('are counted where they were, in the period that they were in; of fewer than five ratings nothing is told', async () => {
    // Groups that the demo has are now; a payment of the story before is a visit.
    const before = (await figuresOf(home, HOME)).total;
    expect(before).toMatchObject({ activities: 0, came: 0, activityRating: null, visits: 2 });
    await hold('2026-11-05 09:00+08', 5, [5, 4, 4, 5]);
    await hold('2026-11-30 09:00+08', 0, []);
    await hold('2026-11-06 09:00+08', 0, [], 'cancelled');
    expect((await figuresOf(home, HOME)).total).toMatchObject({ activities: 1, came: 5, activityRating: null });
    await hold('2026-10-30 09:00+08', 3, [5]);
    const [group] = await sql(
      `insert into groups (unit_id, n, made_by, made_at) values ('${HOME}', 90, ${nobody}, now()) returning id`,
    );
    await sql(`insert into group_doings (group_id, kind, day, people, words, noted_by, at)
      select '${group?.['id']}', kind, '2026-11-08', 3, '\\x00', ${nobody}, now() from unnest(array['visit', 'study']) as kind`);
    const counted = {
      activities: 2,
      came: 8,
      activityRating: { mean: 4.6, count: 5 },
      groups: before.groups + 1,
      visits: 3,
    };
    expect((await figuresOf(home, HOME)).total).toMatchObject(counted);
    const street = await figuresOf(await stage.staff(HOME_STREET, 'lead'), HOME_STREET);
    expect(street.total).toMatchObject({ activities: 2, came: 8, visits: 3 });
    expect(street.branches.find(({ unit }: { unit: { id: string } }) => unit.id === HOME)).toMatchObject(counted);
    const november = await figuresOf(home, HOME, '&from=2026-11-01&to=2026-11-07');
    expect(november.total).toMatchObject({ activities: 1, came: 5, activityRating: null, visits: 0 });
  });
});

describe('the whole city', () => {
  const visited = (day: string) =>
    sql(`insert into group_doings (group_id, kind, day, people, words, noted_by, at)
      select id, 'visit', '${day}', 1, '\\x00', uuidv7(), now() from groups where unit_id = '${HOME}' and n = 90`);

  test('has the same figures from what was counted at night as counted now', async () => {
    const lead = await stage.staff('4301', 'lead');
    stage.at('2027-01-02 10:00');
    const years = '&from=2025-12-31&to=2027-01-02';
    const { at: _, ...counted } = await figuresOf(lead, '4301', years);
    expect(counted.total).toMatchObject({ received: 11, returned: 1, decided: 8, onTime: 7, rating: { count: 5 } });
    expect(counted.total).toMatchObject({ activities: 3, came: 8, visits: 3, paidFen: 40_000 });
    await countMonths(stage.ctx);
    await countMonths(stage.ctx);
    expect(
      await sql(
        `select sum(received)::int as n, sum(decided) filter (where kind is null)::int as d from figure_months`,
      ),
    ).toMatchObject([{ n: 11, d: 8 }]);
    expect(
      await sql(`select sum(activities)::int as a, sum(came)::int as c, sum(visits)::int as v from figure_doings`),
    ).toMatchObject([{ a: 3, c: 8, v: 3 }]);
    const { at: __, ...read } = await figuresOf(lead, '4301', years);
    expect(read).toEqual(counted);
    // What comes in after the night is counted with it.
    await apply(await stage.person(LIU), 'consultation', { question: '活动室几点关门？' });
    const today = await figuresOf(lead, '4301', years);
    expect(today.total).toMatchObject({ received: 12, decided: 8 });
    expect(today.months.at(-1)).toMatchObject({ month: '2027-01', received: 1 });
    const november = await figuresOf(lead, '4301', '&from=2026-11-01&to=2026-11-30');
    expect(november.total).toMatchObject({ received: 11, decided: 8, onTime: 7, activities: 2, came: 5, visits: 3 });
    // Cut by days it is counted as it is now.
    const cut = await figuresOf(lead, '4301', '&from=2026-11-06&to=2026-11-30');
    expect(cut.total).toMatchObject({ activities: 1, came: 0, visits: 3 });
  });

  test('has what is noted late: of the month before at once, of an earlier one after the night', async () => {
    const lead = await stage.staff('4301', 'lead');
    const visits = async () => (await figuresOf(lead, '4301', '&from=2026-11-01&to=2027-01-02')).total.visits;
    await visited('2026-12-30');
    expect(await visits()).toBe(4);
    await visited('2026-11-20');
    expect(await visits()).toBe(4);
    await countMonths(stage.ctx);
    expect(await visits()).toBe(5);
    stage.at('2026-11-10 12:00');
  });
});

describe('who may', () => {
  test('see them: the unit’s staff and those above, nobody else', async () => {
    const status = async (who: Browser, unit: string) => (await who.get(`/api/figures?unit=${unit}`)).status;
    expect(await status(home, COMMUNITY)).toBe(403);
    expect(await status(clerk, STREET)).toBe(403);
    expect(await status(await stage.staff('4301', 'lead'), '4301')).toBe(200);
    expect(await status(await stage.person(LIU), HOME)).toBe(403);
    expect(await status(clerk, 'nowhere')).toBe(404);
    expect(await status(stage.house.visit(), COMMUNITY)).toBe(401);
  });
});

describe('the workbook', () => {
  test('has the same figures on three sheets', async () => {
    const lead = await stage.staff(STREET, 'lead');
    const response = await fetch(`${stage.house.url}/api/figures.xlsx?unit=${STREET}`, {
      headers: { cookie: `session=${lead.cookie('session')}` },
    });
    expect(response.headers.get('content-disposition')).toContain(`figures-${STREET}-2026-01-01-2026-11-10.xlsx`);
    const sheets = await readWorkbook(Buffer.from(await response.arrayBuffer()));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['单位', '按月', '按事项']);
    const [units, months, services] = sheets.map(({ data }) => data);
    expect(units?.[1]?.slice(0, 7)).toEqual(['单位', '收到', '退回过', '办结', '按时办结', '按时率', '一半在几天内']);
    expect(units?.find(([name]) => name === '梓园社区')?.slice(1, 7)).toEqual([5, 1, 3, 2, 2 / 3, 2]);
    expect(months?.at(-1)?.slice(0, 4)).toEqual(['2026-11', 5, 1, 3]);
    expect(services?.[1]?.slice(0, 2)).toEqual(['搬到别的社区', 5]);
  });
});

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
}
