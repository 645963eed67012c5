/** Every route × every role, from the running app: a route that nobody declared fails, and so does a door left open. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { expectations, roles, type Role, type Story } from './matrix-routes.ts';

/** Lead of 侯家塘街道, the street over 梓园社区. */
const ABOVE = '13800000022';
/** Lead of 雨花区, the district over that. */
const UNPROVEN = '13800000032';

let house: HouseUnderTest;
let browsers: Record<Role, Browser>;
let story: Story;

beforeAll(async () => {
  house = await openTestHouse();
  const phones = { self: LIU, relative: DAUGHTER, clerk: RECEIVING_CLERK, otherClerk: OLD_CLERK, above: ABOVE };
  const signedIn = Object.entries(phones).map(async ([role, phone]) => [role, await house.signIn(phone)] as const);
  const { self, relative, clerk, otherClerk, above } = Object.fromEntries(await Promise.all(signedIn)) as Record<
    string,
    Browser
  >;
  if (!self || !relative || !clerk || !otherClerk || !above) throw new Error('somebody is missing');
  const stranger = await house.signIn('13911112222');
  const looker = await house.signIn('13911113333');
  const unproven = await house.signInByPhone(UNPROVEN);
  browsers = { guest: house.visit(), stranger, looker, self, relative, clerk, otherClerk, above, unproven };
  const retiree = (await self.get('/api/me')).body.people[0].id;
  await house.connection.sql`
    insert into links (account_id, retiree_id, relation, scope)
    select account_id, ${retiree}, 'relative', 'look' from logins where kind = 'phone' and created_at =
      (select max(created_at) from logins where kind = 'phone')`;
  const [{ id: link }] = (await relative.get('/api/family')).body.helping;
  story = { ...(await tell(self, retiree)), ...(await hire(above)), link };
});
afterAll(() => house.stop());

/** Somebody new at the unit, and somebody invited. */
async function hire(above: Browser): Promise<Pick<Story, 'post' | 'invite'>> {
  const unit = '430111001001';
  const invited = (name: string) => above.post('/api/staff/invites', { unitId: unit, role: 'clerk', name });
  const joining = await house.signIn('13911114444');
  await joining.post('/api/staff/invites/join', { token: (await invited('新来的')).body.token });
  await invited('未来的');
  const [line] = (await above.get(`/api/staff?unit=${unit}&words=${encodeURIComponent('新来的')}`)).body.people;
  const [open] = (await above.get(`/api/staff/invites?unit=${unit}`)).body;
  return { post: line.id, invite: open.id };
}

async function tell(self: Browser, retiree: string): Promise<Omit<Story, 'post' | 'invite' | 'link'>> {
  const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(self, 'relocation', answers);
  const { draft } = (await self.post('/api/drafts', { kind: 'address-change' })).body;
  const home = { communityId: '430102001001', building: '1', room: '101' };
  await self.put(`/api/drafts/${draft.id}/answers`, {
    answers: { home: { value: home }, since: { value: '2026-11-01' } },
  });
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const file = (await self.call('POST', `/api/drafts/${draft.id}/files/proof`, picture)).body.id;
  return { number, draft: draft.id, file, retiree };
}

/** Refused: not signed in, not theirs, or not told that it exists. */
const isRefused = (status: number, code: unknown) =>
  [401, 403].includes(status) || (status === 404 && code === 'not-found');

test('every route of the app is declared in the matrix', () => {
  const routes = new Set(
    house.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path}`),
  );
  const declared = new Set(Object.keys(expectations).map((key) => key.split(' ').slice(0, 2).join(' ')));
  expect([...routes].filter((route) => !declared.has(route))).toEqual([]);
  expect([...declared].filter((route) => !routes.has(route))).toEqual([]);
});

// Deleting and signing out come last, so that there is something to be refused before.
const lateness = (key: string) => {
  if (key.endsWith('sign-out')) return 3;
  return key.endsWith('lost-phone') ? 2 : Number(key.startsWith('DELETE'));
};
const inOrder = Object.entries(expectations).toSorted(([a], [b]) => lateness(a) - lateness(b));

test.each(inOrder)('%s', async (key, { may, path, body, restore }) => {
  const [method = '', route = ''] = key.split(' ');
  for (const role of roles.toSorted((a, b) => Number(may.includes(a)) - Number(may.includes(b)))) {
    const { status, body: answer } = await browsers[role].call(method, path?.(story) ?? route, body?.(story));
    if (restore) await house.connection.sql.unsafe(restore(story));
    expect(status, `${role}: ${JSON.stringify(answer)}`).toBeLessThan(500);
    expect(isRefused(status, answer?.code) ? `${role} is refused` : `${role} is let through`).toBe(
      may.includes(role) ? `${role} is let through` : `${role} is refused`,
    );
  }
});
