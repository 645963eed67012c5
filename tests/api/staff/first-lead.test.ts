/** The first lead of an empty city: invited from the command line, joins by phone, and invites everybody else. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bare } from '../../tools/bare.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';

const NEWCOMER = '13911112222';
const CITY = '4301';
let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
  await house.connection.sql`update posts set ended_at = now() where unit_id = ${CITY}`;
});
afterAll(() => house.stop());

/** `npm run first-lead`. Its words, whichever way it ends. */
async function firstLead(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...bare, DATABASE_URL: house.databaseUrl, LANG: 'en_GB.UTF-8' };
  const ran = promisify(execFile)(process.execPath, ['api/staff/first-lead-cli.ts', ...args], {
    env: { ...env, PUBLIC_URL: 'https://tuiguan.example/' },
  });
  const ended: unknown = await ran.catch((error: unknown) => error);
  const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
  return { code, said: stdout + stderr };
}
const tokenIn = (said: string) => /https:\/\/tuiguan\.example\/staff\/join#(\S+)/.exec(said)?.[1] ?? '';

test('the latest link makes a lead once; then the command line has nothing more to give', async () => {
  expect(await firstLead()).toMatchObject({ code: 1, said: expect.stringContaining('NAME') });
  const lost = tokenIn((await firstLead('周国平')).said);
  const token = tokenIn((await firstLead('周国平')).said);
  const lead = await house.signIn(NEWCOMER);
  expect((await lead.post('/api/staff/invites/join', { token: lost })).body.code).toBe('invite-used');
  expect((await lead.post('/api/staff/invites/join', { token })).status).toBe(200);
  expect((await lead.post('/api/staff/invites/join', { token })).body.code).toBe('invite-used');

  // With the second factor they invite the next.
  const again = await house.signIn(NEWCOMER);
  const invited = await again.post('/api/staff/invites', { unitId: '430102', role: 'lead', name: '陈明' });
  expect(invited.status).toBe(200);
  expect(await firstLead('别人')).toMatchObject({ code: 1, said: expect.stringContaining('has a lead already') });
  const record = await house.connection.sql`select act, name from staff_events where unit_id = ${CITY} order by id`;
  expect(record).toMatchObject([{ act: 'invited' }, { act: 'invited' }, { act: 'joined', name: '周国平' }]);
}, 60_000);
