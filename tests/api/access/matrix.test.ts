/** Every route × everybody of the cast, from the running app: a route that nobody declared fails, and so does a door left open. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, DAUGHTER, LIU, newHome } from '../../tools/story.ts';
import { cast, type Person } from './matrix-cast.ts';
import { expectations } from './matrix-routes.ts';
import type { Expectation, Story } from './matrix-story.ts';

/** Lead of 侯家塘街道, the street over 梓园社区. */
const LEAD_ABOVE = '13800000022';

let house: HouseUnderTest;
let story: Story;
const browsers = new Map<Person, Browser>();

beforeAll(async () => {
  house = await openTestHouse();
  const liu = await house.signIn(LIU);
  const retiree = (await liu.get('/api/me')).body.people[0].id;
  const above = await house.signIn(LEAD_ABOVE);
  const daughter = await house.signIn(DAUGHTER);
  const [{ id: link }] = (await daughter.get('/api/family')).body.helping;
  story = { ...(await tell(liu, retiree)), ...(await hire(above)), link };
  await Promise.all(cast.map(async (person) => browsers.set(person, await person.comes(house, retiree))));
});
afterAll(() => house.stop());

/** Somebody new at the unit that decides, and somebody invited. */
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

// But for the pages, which are files that everybody may have, and the simulator, which is not there for real people.
test('every route of the app is declared in the matrix', () => {
  const routes = new Set(
    house.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && !path.startsWith('/simulator'))
      .map(({ method, path }) => `${method} ${path}`),
  );
  const declared = new Set(Object.keys(expectations).map((key) => key.split(' ').slice(0, 2).join(' ')));
  expect([...routes].filter((route) => !declared.has(route))).toEqual([]);
  expect([...declared].filter((route) => !routes.has(route))).toEqual([]);
});

// Deleting and signing out come last, so that there is something to be refused before.
const lateness = (key: string) => {
  if (key.endsWith('sign-out')) return 3;
  return key.endsWith('lost-phone') ? 2 : Number(key.startsWith('DELETE') || key.endsWith('/remove'));
};
const inOrder = Object.entries(expectations).toSorted(([a], [b]) => lateness(a) - lateness(b));

/** What one of the cast is answered, in a word. */
async function outcome(person: Person, key: string, { path, body, restore }: Expectation): Promise<string> {
  const [method = '', route = ''] = key.split(' ');
  const answer = await browsers.get(person)?.call(method, path?.(story) ?? route, body?.(story));
  if (restore) await house.connection.sql.unsafe(restore(story));
  const { status = 500, body: said } = answer ?? {};
  if (status >= 500) return `breaks it: ${JSON.stringify(said)}`;
  return isRefused(status, said?.code) ? 'is refused' : 'is let through';
}

test.each(inOrder)('%s', async (key, expected) => {
  const isMeant = ({ as }: Person) => as.some((role) => expected.may.includes(role));
  const answerOf = async (person: Person) => [person.who, await outcome(person, key, expected)];
  const outcomes = async (people: readonly Person[]) => {
    if (!expected.restore) return Promise.all(people.map(answerOf));
    // What is put back after each call is done by one after the other.
    const said: Awaited<ReturnType<typeof answerOf>>[] = [];
    for (const person of people) said.push(await answerOf(person));
    return said;
  };
  // Those to be refused go first, while there is something to be refused.
  const refused = cast.filter((person) => !isMeant(person));
  expect(await outcomes(refused)).toEqual(refused.map(({ who }) => [who, 'is refused']));
  const welcome = cast.filter(isMeant);
  expect(await outcomes(welcome)).toEqual(welcome.map(({ who }) => [who, 'is let through']));
});
