/**
 * SQL, markup, templates, formulas and forged lines through every text field of every service, into the database, the chat and the
 * log. The fields are read from the definitions: a new service is tried with the others. Pages: `tests/e2e/injection.test.ts`.
 */
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FormEntry } from '../../api/engine/form.ts';
import { allServices } from '../../api/engine/catalogue.ts';
import { questionKinds } from '../../api/engine/questions/index.ts';
import type { Service } from '../../api/engine/service.ts';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { join } from '../bot/people.ts';
import { answerWith, evil, takesWords, waysThrough } from './evil.ts';

let house: HouseUnderTest;
let liu: Browser;
let clerks: Browser[];
let phones: Phone[];
let retirees: number;
const logged: string[] = [];
const log = new Writable({
  write(chunk: Buffer, _encoding, done) {
    logged.push(chunk.toString());
    done();
  },
});

const count = async () => Number((await house.connection.sql`select count(*) from retirees`)[0]?.['count']);
beforeAll(async () => {
  house = await openTestHouse({ log });
  liu = await house.signIn(LIU);
  clerks = await Promise.all([OLD_CLERK, RECEIVING_CLERK].map(house.signIn));
  phones = await Promise.all([
    join(house, '刘淑兰', LIU),
    join(house, '李娟', OLD_CLERK),
    join(house, '张伟', RECEIVING_CLERK),
  ]);
  retirees = await count();
  await leadGroup();
});
afterAll(() => house.stop());

/** A neighbour in her self-help group. */
let member = '';

/** She leads a self-help group of two: some services are for members of one, or for who leads it. */
async function leadGroup(): Promise<void> {
  const { sql } = house.connection;
  const { id } = (await liu.get('/api/me')).body.people[0];
  const [other] = await sql`
    select r.id, r.name from retirees r join care c on c.retiree_id = r.id and c.until is null
     where c.unit_id = '430102001001' and r.id <> ${id} and r.died_on is null limit 1`;
  member = other?.['name'];
  await sql`
    with g as (insert into groups (unit_id, n, made_by, made_at) values ('430102001001', 1, uuidv7(), now()) returning id),
         m as (insert into group_members (group_id, retiree_id, since) select g.id, one.id, '2026-01-01' from g,
               unnest(array[${id}, ${other?.['id']}]::uuid[]) one(id))
    insert into group_leaders (group_id, retiree_id, office, since, term, set_by)
    select id, ${id}, 'leader', '2026-01-01', '2099-01-01', uuidv7() from g`;
}

/** The questions on a way through a form, once it was gone: what is asked does not hang on the words. */
const gone = new Map<string, { key: string; takesMember: boolean }[]>();

/**
 * Applies with these words in every field that takes words: question by question the first time, as a person does, then all at once,
 * as a page does that was filled in without a network. @returns the case's number and the questions that were asked
 */
async function applyWith(words: string, service: Service, pick: number): Promise<{ number: string; asked: string[] }> {
  const { kind, ask } = service;
  const entryOf = (key: string) => ask.entries.find((entry) => entry.key === key) as FormEntry;
  const way = gone.get(`${kind} ${pick}`) ?? [];
  let { draft } = (await liu.post('/api/drafts', { kind })).body;
  if (way.length > 0) {
    const valueOf = (one: (typeof way)[number]) =>
      one.takesMember ? member : answerWith(words, entryOf(one.key), pick);
    const answers = Object.fromEntries(way.map((one) => [one.key, { value: valueOf(one) }]));
    const saved = await liu.put(`/api/drafts/${draft.id}/answers`, { answers });
    expect(saved.status, `refused: ${JSON.stringify(saved.body)}`).toBe(200);
    draft = saved.body;
  }
  while (draft.next) {
    const { key } = draft.next as { key: string };
    const answer = (value: unknown) => liu.put(`/api/drafts/${draft.id}/answers`, { answers: { [key]: { value } } });
    let saved = await answer(answerWith(words, entryOf(key), pick));
    // Where a name must be that of a member, such words are refused at it, and nobody else's are kept.
    const takesMember = service.open.check !== undefined && saved.body.code === 'bad-answer';
    if (takesMember) saved = await answer(member);
    expect(saved.status, `refused: ${JSON.stringify(saved.body)}`).toBe(200);
    draft = saved.body;
    way.push({ key, takesMember });
  }
  gone.set(`${kind} ${pick}`, way);
  const submitted = await liu.post(`/api/drafts/${draft.id}/submit`, { checked: draft.revision });
  // A home in her own community, or in another: one of the two services does not take it. That is its own rule.
  expect([200, 422], `refused: ${JSON.stringify(submitted.body)}`).toContain(submitted.status);
  if (submitted.status === 422) await liu.delete(`/api/drafts/${draft.id}`);
  return { number: submitted.body.number, asked: way.map(({ key }) => key) };
}

/** Somebody whose case it is to decide uses a verb, with these words in every field that takes words. */
async function decideWith(words: string, who: Browser, number: string, verb: string): Promise<boolean> {
  const details = (await who.get(`/api/cases/${number}`)).body;
  if (!details.verbs?.some((one: { verb: string }) => one.verb === verb)) return false;
  let draft = (await who.post(`/api/cases/${number}/drafts`, { verb })).body;
  while (draft.next) {
    const { key, kind, options } = draft.next;
    const value = answerWith(words, { key, question: { kind, options: { ...options, of: [lastOf(draft.next)] } } });
    draft = (await who.put(`/api/drafts/${draft.id}/answers`, { answers: { [key]: { value } } })).body;
  }
  const done = await who.post(`/api/drafts/${draft.id}/submit`, { checked: draft.revision, version: details.version });
  expect(done.status, `refused: ${JSON.stringify(done.body)}`).toBe(200);
  return true;
}
/** The last choice is 「其他」, which asks for words. */
const lastOf = ({ choices }: { choices: { value: string }[] }): string | undefined => choices.at(-1)?.value;

const services = () => allServices().filter(({ open }) => open.by?.includes('self'));

/** What is kept of words: line ends of one kind, no control characters, nothing else changed. */
const kept = (words: string) =>
  words
    .replace(/\r\n/g, '\n')
    .replace(/[\u202E\u2066]|[^\P{Cc}\n]/gu, '')
    .trim();

/** Every way through every form, decided and returned: a good minute on a busy machine. */
const WHOLE_HOUSE_MS = 90_000;

/** The ways through each form that reached a field no earlier way had: what is asked does not hang on the words. */
const fresh = new Map<string, number[]>();
const waysOf = ({ kind, ask }: Service): number[] => fresh.get(kind) ?? [...Array(waysThrough(ask.entries)).keys()];

describe.each(Object.entries(evil))('%s', (_what, words) => {
  test(
    'in every text field is kept as words, decided, returned and shown as words',
    async () => {
      // Another day: what may be done so often within one begins anew.
      await house.connection.sql`delete from attempts where what like 'open:%'`;
      for (const service of services()) {
        const reached = new Set<string>();
        const useful: number[] = [];
        for (const pick of waysOf(service)) {
          const { number, asked } = await applyWith(words, service, pick);
          if (asked.some((key) => !reached.has(key))) useful.push(pick);
          for (const key of asked) reached.add(key);
          if (number) await workOff(number, words, service);
        }
        fresh.set(service.kind, useful);
        const fields = service.ask.entries.filter(takesWords).map(({ key }) => key);
        expect(fields.filter((key) => !reached.has(key))).toEqual([]);
      }
      expect(await count()).toBe(retirees);
    },
    WHOLE_HOUSE_MS,
  );
});

/** Returned with the words, resubmitted, rejected with them; what was said is there, word for word. */
async function workOff(number: string, words: string, service: Service): Promise<void> {
  const said = kept(words);
  const own = (await liu.get(`/api/cases/${number}`)).body;
  for (const entry of service.ask.entries) {
    const answer = own.answers.find(({ key }: { key: string }) => key === entry.key);
    const fitting = [kept(String(answerWith(words, entry))), ...(service.open.check ? [member] : [])];
    if (answer && entry.question.kind === 'text') expect(fitting).toContain(answer.shown);
  }
  for (const verb of ['return', 'resubmit', 'reject'])
    for (const who of [...clerks, liu]) if (await decideWith(words, who, number, verb)) break;
  const { timeline, verbs } = (await liu.get(`/api/cases/${number}`)).body;
  const notes = timeline.flatMap((entry: { said: { shown: string }[] }) => entry.said.map(({ shown }) => shown));
  if (notes.length > 0) expect(notes).toContain(said);
  if (verbs.some(({ verb }: { verb: string }) => verb === 'withdraw'))
    await liu.post(`/api/cases/${number}/withdraw`, {});
}

test('every type of question takes every kind of rubbish without an error of ours', async () => {
  const rubbish: unknown[] = [
    ...Object.values(evil),
    '',
    0,
    -1,
    1e308,
    true,
    {},
    [],
    [null],
    { toString: 1 },
    [[[[]]]],
    { value: {} },
  ];
  const tryAll = async ({ kind, ask }: Service): Promise<void> => {
    const { draft } = (await liu.post('/api/drafts', { kind })).body;
    for (const { key, question } of ask.entries) {
      expect(questionKinds).toContain(question.kind);
      for (const value of rubbish) {
        const answer = await liu.put(`/api/drafts/${draft.id}/answers`, { answers: { [key]: { value } } });
        expect(answer.status, `${kind}.${key} ${JSON.stringify(value)} ${JSON.stringify(answer.body)}`).toBeLessThan(
          500,
        );
      }
    }
    await liu.delete(`/api/drafts/${draft.id}`);
  };
  await Promise.all(services().map(tryAll));
}, 60_000);

test.each(Object.entries(evil))(
  '%s in searches, names and queries finds nobody and breaks nothing',
  async (_what, words) => {
    const [clerk] = clerks as [Browser];
    const retireeId = (await liu.get('/api/me')).body.people[0].id;
    const answers = await Promise.all([
      clerk.post('/api/retirees/search', { words }),
      clerk.get(`/api/pending?words=${encodeURIComponent(words)}`),
      clerk.get(`/api/pending?kind=${encodeURIComponent(words)}`),
      clerk.get(`/api/units/search?words=${encodeURIComponent(words)}`),
      clerk.get(`/api/units/${encodeURIComponent(words.slice(0, 20))}`),
      clerk.get(`/api/services/${encodeURIComponent(words)}`),
      clerk.post('/api/bindings', { retireeId, phone: words, relation: 'child', name: words }),
      liu.post('/api/me/bind', { name: words, idNumber: words }),
      liu.post('/api/sign-in/code', { phone: words }),
    ]);
    for (const { status } of answers) expect(status).toBeLessThan(500);
    expect(answers[0]?.body).toEqual([]);
    expect(answers[1]?.body.cases).toEqual([]);
    expect(await count()).toBe(retirees);
  },
);

describe('in the chat', () => {
  test('nobody’s words become markup, a link, a command or a line of ours', async () => {
    // The last notice of all is out.
    await expect
      .poll(async () => (await house.connection.sql`select 1 from messages where state = 'queued'`).length, {
        timeout: 15_000,
      })
      .toBe(0);
    const said = phones.flatMap((phone) => phone.messages().filter(({ from }) => from === 'bot'));
    expect(said.length).toBeGreaterThan(50);
    for (const { text, marks } of said) {
      expect(marks, `in ${text}`).toEqual([]);
      expect(text).not.toMatch(/^· 状态/m);
      expect(text).not.toMatch(/evil\.example|t\.me|13800000001|[\u202A-\u202E\u2066-\u2069]/);
    }
  });
});

describe('in the log', () => {
  test('nothing that was typed stands, and every line is one of ours', () => {
    const lines = logged.join('').split('\n').filter(Boolean);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), role: 'all' });
    const all = logged.join('');
    for (const words of Object.values(evil)) expect(all).not.toContain(words.slice(0, 20));
    expect(all).not.toContain('forged');
  });
});
