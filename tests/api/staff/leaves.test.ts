/** On leave with a deputy: cards, digest and escalation go to who is there, claimed cases show who stands in, and it ends by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountParts } from '../../../api/my-data/account-parts.ts';
import { sendDigests } from '../../../api/digest/send-digests.ts';
import { escalate } from '../../../api/escalation/escalate.ts';
import { loadStaff } from '../../../api/escalation/staff.ts';
import { demoData } from '../../../db/seed/demo/index.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430111001001';
const STREET = '430111001';
let stage: Stage;
let clerk: Browser;
let lead: Browser;
let leadPhone: string;
let counter: Browser;
let people: string[];
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  clerk = await stage.person(RECEIVING_CLERK);
  const { sql } = stage.house.connection;
  leadPhone = demoData().staff.find((one) => one.unitId === COMMUNITY && one.role === 'lead')?.phone ?? '';
  lead = await stage.person(leadPhone);
  counter = await stage.person(OLD_CLERK);
  await stage.openChat(RECEIVING_CLERK);
  await stage.openChat(leadPhone);
  people = (await sql`select retiree_id from care where unit_id = '430102001001' and until is null limit 12`).map(
    (row) => String(row['retiree_id']),
  );
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const own = async (who: Browser) => (await who.get('/api/staff/leaves')).body[0];
const accountOf = async (who: Browser) => {
  const { id } = await own(who);
  return String((await sql(`select account_id from posts where id = '${id}'`))[0]?.['account_id']);
};
const newCase = () => {
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  return apply(counter, 'relocation', answers, people.pop());
};
/** Names of those who were sent a card of a case. */
const cards = async (number: string) =>
  (
    await sql(`select a.name from messages m join accounts a on a.id = m.account_id join cases k on k.id = m.case_id
      where k.number = '${number}' and m.form = 'card' order by a.name`)
  ).map((row) => String(row['name']));
const go = (who: Browser, id: string, deputy: string, first: string, last: string) =>
  who.put(`/api/staff/leaves/${id}`, { deputy, first, last });
const nameOf = async (who: Browser) => String((await who.get('/api/me')).body.name);

describe('saying it', () => {
  test('what does not fit is refused, and nobody says it for somebody else', async () => {
    const [mine, theirs] = [await own(clerk), await own(lead)];
    expect(mine.colleagues.map(({ id }: { id: string }) => id)).toContain(theirs.id);
    const refusals = [
      await go(clerk, mine.id, theirs.id, '2026-11-05', '2026-11-04'),
      await go(clerk, mine.id, theirs.id, '2026-10-01', '2026-10-30'),
      await go(clerk, mine.id, theirs.id, '2026-11-05', '2028-01-01'),
      await go(clerk, mine.id, mine.id, '2026-11-05', '2026-11-06'),
      await go(clerk, mine.id, (await own(counter)).id, '2026-11-05', '2026-11-06'),
      await go(clerk, theirs.id, mine.id, '2026-11-05', '2026-11-06'),
    ];
    expect(refusals.map(({ body }) => body.code)).toEqual([
      'leave-days',
      'leave-days',
      'leave-days',
      'leave-no-deputy',
      'leave-no-deputy',
      'not-found',
    ]);
    expect(await sql(`select from leaves`)).toHaveLength(0);
  });

  test('the deputy is told, is not on leave in the same days, and sees for whom they stand in', async () => {
    const [mine, theirs] = [await own(clerk), await own(lead)];
    expect((await go(clerk, mine.id, theirs.id, '2026-11-04', '2026-11-06')).status).toBe(204);
    expect((await go(lead, theirs.id, mine.id, '2026-11-06', '2026-11-10')).body.code).toBe('leave-deputy-away');
    expect((await own(clerk)).leave).toEqual({
      first: '2026-11-04',
      last: '2026-11-06',
      deputy: await nameOf(lead),
    });
    expect((await own(lead)).standsInFor).toEqual([{ first: '2026-11-04', last: '2026-11-06', name: '张伟' }]);
    const [told] = await sql(`select account_id, params from messages where template = 'leave.stand-in'`);
    expect(told).toMatchObject({ account_id: await accountOf(lead), params: { name: '张伟', first: '#2026-11-04' } });
  });
});

describe('while it lasts', () => {
  let claimed: string;
  test('before it begins cards go to both; then to the deputy and not to whoever is away', async () => {
    const both = [await nameOf(clerk), await nameOf(lead)].toSorted();
    claimed = await newCase();
    expect((await cards(claimed)).toSorted()).toEqual(both);
    expect((await use(clerk, claimed, 'claim')).status).toBe(200);
    stage.at('2026-11-04 08:00');
    expect(await cards(await newCase())).toEqual([await nameOf(lead)]);
    const colleagues = (await lead.get(`/api/colleagues?unit=${COMMUNITY}`)).body;
    const away = colleagues.filter(({ onDuty }: { onDuty: boolean }) => !onDuty);
    expect(away.map(({ name }: { name: string }) => name)).toEqual(['张伟']);
  });

  test('what they have claimed shows the deputy, and is in the deputy’s list', async () => {
    const deputy = await nameOf(lead);
    expect((await lead.get(`/api/cases/${claimed}`)).body.claimedBy).toMatchObject({ name: '张伟', deputy });
    const mine = (await lead.get('/api/pending?view=mine')).body.cases;
    expect(mine.map(({ number }: { number: string }) => number)).toEqual([claimed]);
    expect(mine[0].claimedBy).toEqual({ name: '张伟', me: false, deputy });
    expect((await lead.get('/api/pending/counts')).body.mine).toBe(1);
    expect((await clerk.get('/api/pending?view=mine')).body.cases).toHaveLength(1);
  });

  test('what is assigned to them is told to the deputy; whoever had it before hears that it is another’s', async () => {
    const number = await newCase();
    const me = await accountOf(clerk);
    const told = async () =>
      (
        await sql(`select m.account_id || ' ' || m.template as said from messages m join cases k on k.id = m.case_id
          where k.number = '${number}' and m.template ~ 'assigned|handed' order by m.created_at, m.id`)
      ).map((row) => row['said']);
    expect((await use(lead, number, 'assign', { to: me })).status).toBe(200);
    expect(await told()).toEqual([`${await accountOf(lead)} assigned-away`]);
    expect((await use(lead, number, 'hand-back')).status).toBe(200);
    expect(await told()).toContain(`${me} handed-back`);
    expect((await use(clerk, number, 'claim')).status).toBe(200);
    expect((await use(lead, number, 'assign', { to: await accountOf(lead) })).status).toBe(200);
    expect(await told()).toContain(`${me} assigned-elsewhere`);
    expect((await use(lead, number, 'approve')).status).toBe(200);
  });

  test('the digest goes to the deputy and not to them', async () => {
    stage.at('2026-11-04 08:30');
    await sendDigests(stage.ctx);
    const rows = await sql(
      `select a.name from messages m join accounts a on a.id = m.account_id where m.template like 'digest.%'`,
    );
    expect(rows.map((row) => row['name'])).toEqual([await nameOf(lead)]);
  });

  test('half of the promise gone, the deputy is reminded of what the other has in hand', async () => {
    stage.at('2026-11-05 09:00');
    await escalate(stage.ctx);
    const rows = await sql(`select m.account_id from messages m join cases k on k.id = m.case_id
      where m.template = 'escalated.half' and k.number = '${claimed}'`);
    expect(rows.map((row) => row['account_id'])).toEqual([await accountOf(lead)]);
  });

  test('a lead’s deputy leads for escalation; who has neither deputy nor colleague there is passed over', async () => {
    const at = (day: string) => loadStaff(stage.ctx.db, [COMMUNITY, STREET], new Date(`${day}T09:00:00+08:00`));
    const [me, other] = [await accountOf(clerk), await accountOf(lead)];
    expect((await at('2026-11-05')).hands(me, COMMUNITY)).toEqual([other]);
    expect((await at('2026-11-05')).leads(COMMUNITY)).toEqual([other]);
    expect((await go(lead, (await own(lead)).id, (await own(clerk)).id, '2026-11-09', '2026-11-10')).status).toBe(204);
    expect((await at('2026-11-09')).leads(COMMUNITY)).toEqual([me]);
    expect((await at('2026-11-09')).onDuty(COMMUNITY)).toEqual([me]);
    expect((await at('2026-11-11')).leads(COMMUNITY)).toEqual([other]);
    // The deputy falls ill as well: nobody is there, and the unit above hears of it.
    await sql(`update posts set suspended_at = now() where id = '${(await own(clerk)).id}'`);
    const nobody = await at('2026-11-09');
    expect([nobody.leads(COMMUNITY), nobody.hands(other, COMMUNITY)]).toEqual([[], []]);
    await sql(`update posts set suspended_at = null where unit_id = '${COMMUNITY}'`);
  });
});

describe('afterwards', () => {
  test('it ends by itself', async () => {
    stage.at('2026-11-07 10:00');
    expect(await own(clerk)).toMatchObject({ leave: null });
    expect((await cards(await newCase())).toSorted()).toEqual([await nameOf(clerk), await nameOf(lead)].toSorted());
    expect((await lead.get('/api/pending?view=mine')).body.cases).toEqual([]);
  });

  test('coming back early tells the deputy, once, and only what was not over', async () => {
    await sql(`delete from messages`);
    const { id } = await own(lead);
    stage.at('2026-11-09 10:00');
    expect((await lead.delete(`/api/staff/leaves/${id}`)).status).toBe(204);
    expect((await lead.delete(`/api/staff/leaves/${id}`)).status).toBe(204);
    expect((await clerk.delete(`/api/staff/leaves/${(await own(clerk)).id}`)).status).toBe(204);
    const rows = await sql(`select account_id, template from messages`);
    expect(rows).toEqual([{ account_id: await accountOf(clerk), template: 'leave.no-more' }]);
    expect((await cards(await newCase())).toSorted()).toEqual([await nameOf(clerk), await nameOf(lead)].toSorted());
  });

  test('it is theirs to take along', async () => {
    const page = await accountParts.posts(stage.ctx, { accountId: await accountOf(clerk) } as never, null);
    expect(page?.rows).toMatchObject([{ leaves: [{ first: '2026-11-04', last: '2026-11-06' }] }]);
  });

  test('a lead enters leave for a colleague who is ill, who is told; a clerk does not for a lead', async () => {
    const [, theirs] = (await lead.get('/api/staff/leaves')).body;
    expect(theirs).toMatchObject({ name: '张伟', mine: false, leave: null });
    expect((await clerk.get('/api/staff/leaves')).body).toHaveLength(1);
    expect((await go(lead, theirs.id, (await own(lead)).id, '2026-11-12', '2026-11-13')).status).toBe(204);
    const [told] = await sql(`select account_id, params from messages where template = 'leave.entered'`);
    expect(told).toMatchObject({ account_id: await accountOf(clerk), params: { who: await nameOf(lead) } });
    expect((await own(clerk)).leave).toMatchObject({ first: '2026-11-12' });
    expect((await lead.delete(`/api/staff/leaves/${theirs.id}`)).status).toBe(204);
    expect((await own(clerk)).leave).toBeNull();
  });
});
