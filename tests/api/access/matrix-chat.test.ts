/** Every button and command of the chat × everybody of the cast: nobody gets further by a button than they would without. */
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '../../../api/access/secrets.ts';
import { converse, type Incoming } from '../../../bot/dialog/flows/converse.ts';
import { clientFor, type Doors, type Talk } from '../../../bot/dialog/flows/talk.ts';
import { dayAt } from '../../../bot/dialog/days.ts';
import type { Turn } from '../../../bot/dialog/message.ts';
import { questionMark } from '../../../bot/dialog/question.ts';
import { places, tapNames } from '../../../bot/dialog/taps.ts';
import { commandNames } from '../../../bot/telegram/profile.ts';
import { logins } from '../../../db/schema/access.ts';
import { blindIndex } from '../../../db/vault.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, LIU, newHome } from '../../tools/story.ts';
import { cast, type Person } from './matrix-cast.ts';
import { commands, taps, verbs, verbTap, type Aim, type ChatStory } from './matrix-chat.ts';

let house: HouseUnderTest;
let story: ChatStory;
const chats = new Map<Person, string>();

beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  const liu = await house.signIn(LIU);
  const retiree = (await liu.get('/api/me')).body.people[0].id;
  await Promise.all(cast.map(async (person, at) => chats.set(person, await chatOf(person, `${70_000 + at}`, retiree))));
  const move = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', move);
  const home = { communityId: '430102001001', building: '1', room: '101' };
  const answers = { home: { value: home } };
  const { draft } = (await liu.post('/api/drafts', { kind: 'address-change', answers })).body;
  const ticket = await askToSignIn();
  story = { number, draft: draft.id, question: questionMark(draft.next), ticket, retiree };
});
afterAll(() => house.stop());

/** A chat of this person's own; whoever is not signed in is somebody whom the bot has never seen. */
async function chatOf(person: Person, id: string, retiree: string): Promise<string> {
  const token = (await person.comes(house, retiree)).cookie('session') ?? '';
  const [session] = await house.connection.sql`select account_id from sessions where token_hash = ${hashOf(token)}`;
  if (session) {
    const key = blindIndex('login', `telegram:${id}`);
    const accountId = String(session['account_id']);
    // Who gave the second factor gave it here too: their chat works like their browser.
    const provenUntil = person.as.includes('proven') ? new Date('2100-01-01') : null;
    await house.connection.db.insert(logins).values({ accountId, kind: 'telegram', key, address: id, provenUntil });
  }
  return id;
}

const chatPerson = (person: Person) => ({
  kind: 'telegram' as const,
  id: chats.get(person) ?? '',
  name: '',
  language: 'zh',
});
const she = () => cast.find(({ who }) => who === 'she herself') as Person;

/** Somebody holds a link that signs in as her, and used it: her chat is asked. */
async function askToSignIn(): Promise<string> {
  const client = clientFor(house.app, chatPerson(she()), null);
  const { token } = await (await client.api['sign-in'].link.$post()).json();
  await house.visit().post('/api/sign-in/link/claim', { token });
  const [ticket] = await house.connection.sql`select id from tickets where kind = 'sign-in'`;
  return String(ticket?.['id']);
}

/** What one of the cast is answered, and whether any call that was let through named the thing that is aimed at. */
async function send(person: Person, incoming: Incoming, aim: Aim): Promise<{ reached: boolean; turn: Turn }> {
  let reached = false;
  const doors: Doors = {
    async request(input, init, env) {
      const answer = await house.app.request(input, init, env);
      const asked = `${input} ${typeof init.body === 'string' ? init.body : ''}`;
      // Her id stands in the lists of all her relatives: there it is the asking that counts.
      const heard = aim.at === 'retiree' ? asked : `${asked} ${await answer.clone().text()}`;
      reached ||= answer.ok && heard.includes(story[aim.at]);
      return answer;
    },
  };
  const api = clientFor(doors, chatPerson(person), null);
  const now = new Date();
  const talk: Talk = { api, now, today: dayAt(now), baseUrl: house.url, appUrl: null, memory: {}, locale: 'zh-CN' };
  // Even a chat that tries to talk about her draft.
  await api.api.chat.draft.$put({ json: { id: story.draft } });
  reached = false;
  return { turn: await converse(talk, incoming), reached };
}

const wordsOf = (turn: Turn): string => JSON.stringify(turn).replaceAll(/[\s ]/g, '');
/** What nobody may learn who is nothing to her. */
const secrets = () => ['刘淑兰', story.number, story.draft, '东方新城', '101室', '13800000001'];
const isNothingToHer = ({ as }: Person) => as.every((role) => ['guest', 'stranger', 'elsewhere'].includes(role));

/** Who got further than meant, or not as far, or learnt what is none of their business; and whether anything was changed. */
async function faults(incoming: Incoming, aim: Aim): Promise<string[]> {
  const before = await state();
  const outcomes = await Promise.all(cast.map(async (person) => ({ person, ...(await send(person, incoming, aim)) })));
  const found = outcomes.flatMap(({ person, reached, turn }) => {
    const isMeant = person.as.some((role) => aim.may.includes(role));
    const learnt = isNothingToHer(person) ? secrets().filter((secret) => wordsOf(turn).includes(secret)) : [];
    return [
      ...(reached === isMeant ? [] : [`${person.who} ${reached ? 'reaches it' : 'does not reach it'}`]),
      ...learnt.map((secret) => `${person.who} learns ${secret}`),
    ];
  });
  return isDeepStrictEqual(await state(), before) ? found : [...found, 'something was changed'];
}

/** Her case and her draft as they stand. */
const state = () => house.connection.sql`
  select c.version, c.status, c.claimed_by, c.reminded_at, d.revision, d.submitted_at,
         (select count(*) from case_events e where e.case_id = c.id) as events, (select count(*) from cases) as cases
    from cases c, drafts d where c.number = ${story.number} and d.id = ${story.draft}`;

test('every tap and every command that the code knows stands in the matrix', () => {
  expect(Object.keys(taps).toSorted()).toEqual(tapNames.toSorted());
  const known = new Set([...commandNames, ...places]);
  expect(Object.keys(commands).toSorted()).toEqual([...known].toSorted());
  expect(taps.go).toHaveLength(places.length);
});

describe.each(tapNames)('the button %s', (name) => {
  test.each(taps[name].map((aim, at) => [at + 1, aim] as const))('case %i', async (_at, aim) => {
    expect(await faults({ is: 'tap', data: aim.data(story) }, aim)).toEqual([]);
  });
});

describe.each(Object.keys(commands))('the command /%s', (name) => {
  test.each((commands[name] ?? []).map((aim, at) => [at + 1, aim] as const))('case %i', async (_at, aim) => {
    expect(await faults({ is: 'command', name, payload: aim.payload?.(story) ?? '' }, aim)).toEqual([]);
  });
});

describe('the button of a verb', () => {
  test.each(Object.entries(verbs))('%s moves nothing for whoever may not, and asks whoever may', async (verb, may) => {
    const aim: Aim = { at: 'number', may };
    const tapped = (sure: boolean): Incoming => ({ is: 'tap', data: verbTap(story.number, verb, sure) });
    const isMeant = ({ as }: Person) => as.some((role) => may.includes(role));
    const before = await state();
    await Promise.all(cast.filter((person) => !isMeant(person)).map((person) => send(person, tapped(true), aim)));
    expect(await state()).toEqual(before);
    const asked = await Promise.all(cast.map(async (person) => (await send(person, tapped(false), aim)).turn));
    const offered = cast.filter((_person, at) => wordsOf(asked[at] ?? {}).includes(verbTap(story.number, verb, true)));
    expect(offered.map(({ who }) => who)).toEqual(cast.filter(isMeant).map(({ who }) => who));
  });
});

test('a button of an older version, a forged one or half of one does nothing', async () => {
  const forged = [
    '',
    'zz',
    'n',
    'n.',
    `v.${story.number}.1.approve`,
    `v.${story.number}.1.approve.1.1`,
    'r.1',
    'v.1.-1.x.1',
  ];
  for (const data of forged) expect(await faults({ is: 'tap', data }, { at: 'number', may: [] })).toEqual([]);
});
