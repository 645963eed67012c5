/** The pending list: narrowed by words, pinyin, last four digits and special care; in the order of the due time, right across pages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withFlag as idsWithFlag } from '../../../api/engine/cases/by-flag.ts';
import type { Page } from '../../../api/engine/cases/list.ts';
import { lastFourKey } from '../../../db/last-four.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from './stage.ts';

const HOME = '430102001001';
let stage: Stage;
let counter: Browser;
let clerk: Browser;
let people: { id: string; name: string }[];
const numbers: string[] = [];
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  counter = await stage.person(OLD_CLERK);
  clerk = await stage.person(RECEIVING_CLERK);
  people = await stage.house.connection.sql`
    select r.id, r.name from care c join retirees r on r.id = c.retiree_id
     where c.unit_id = ${HOME} and c.until is null and r.died_on is null order by r.id limit 25`;
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  for (const { id } of people) numbers.push(await apply(counter, 'relocation', move, id));
});
afterAll(() => stage.stop());

const names = async (who: Browser, query: string): Promise<string[]> =>
  (await who.get(`/api/pending?${query}`)).body.cases.map(({ subject }: { subject: { name: string } }) => subject.name);

test('pages follow each other by due time: none twice, none missing, though many fall due at the same moment', async () => {
  const first = (await clerk.get('/api/pending?view=unit')).body;
  expect(first.cases).toHaveLength(20);
  const second = (await clerk.get(`/api/pending?view=unit&after=${encodeURIComponent(first.next)}`)).body;
  expect(second.next).toBeNull();
  const seen = [...first.cases, ...second.cases].map(({ number }: { number: string }) => number);
  expect(seen.toSorted()).toEqual(numbers.toSorted());
});

test('words find by name, pinyin, initials, case number and the last four digits', async () => {
  const { sql } = stage.house.connection;
  const [one] = people;
  const keys = (await sql`select key from search_keys where retiree_id = ${one?.id ?? ''}`).map((row) =>
    String(row['key']),
  );
  const pinyin = keys.find((key) => /^[a-z]{4,}$/.test(key)) ?? '';
  const [row] = await sql`select unit_id from search_keys where retiree_id = ${one?.id ?? ''}`;
  await sql`insert into search_keys (unit_id, key, retiree_id) values (${row?.['unit_id']}, ${lastFourKey('9876')}, ${one?.id ?? ''})`;
  for (const words of [one?.name, pinyin, pinyin.slice(0, 3), numbers[0], '9876'])
    expect(await names(clerk, `view=unit&words=${encodeURIComponent(words ?? '')}`)).toContain(one?.name);
  expect(await names(clerk, 'view=unit&words=zzzz')).toEqual([]);
  expect(await names(clerk, 'view=unit&words=%25')).toEqual([]);
});

test('special care narrows the list for those who may keep the flags, and for nobody else', async () => {
  const [one] = people;
  const path = `/api/care/retirees/${one?.id}/flags`;
  const { version } = (await counter.post(path, {})).body;
  expect((await counter.put(path, { flags: ['livingAlone'], version })).status).toBe(200);
  // The receiving community decides about them, and does not keep their flags.
  expect(await names(clerk, 'view=unit&flagged=any')).toEqual([]);
  await stage.house.connection.sql`update cases set unit_id = ${HOME} where number = ${numbers[0] ?? ''}`;
  expect(await names(counter, 'view=unit&flagged=any')).toEqual([one?.name]);
  expect(await names(await stage.staff('430102001', 'lead'), 'view=below&flagged=any')).toEqual([one?.name]);
  expect(await names(await stage.staff('430102', 'clerk'), 'view=below&flagged=any')).toEqual([]);
});

/** Everybody of the list narrowed by one flag, page by page. */
async function withFlag(who: Browser, body: object): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | null = null;
  do {
    const answer = await who.post('/api/pending/by-flag', { ...body, ...(after && { after }) });
    const page = answer.body as Page;
    pages.push(page.cases.map(({ number }) => number));
    after = page.next;
  } while (after);
  return pages;
}

test('one flag narrows it for those who may keep the flags, right across pages; of whom it shows, it is written down who read it', async () => {
  const { sql } = stage.house.connection;
  await sql`update cases set unit_id = ${HOME} where number = any(${numbers})`;
  const ill = people.slice(0, 22);
  for (const { id } of people) {
    const path = `/api/care/retirees/${id}/flags`;
    const { version } = (await counter.post(path, {})).body;
    const flags = ill.some((one) => one.id === id) ? ['dementia', 'livingAlone'] : ['livingAlone'];
    await counter.put(path, { flags, version });
  }
  const readings = async () =>
    (await sql`select retiree_id, account_id from care_flag_readings where what = 'filtered' order by n`).map((row) =>
      String(row['retiree_id']),
    );
  const asked = { view: 'unit', flagged: 'dementia' };
  const pages = await withFlag(counter, asked);
  expect(pages.map((page) => page.length)).toEqual([20, 2]);
  expect(pages.flat().toSorted()).toEqual(numbers.slice(0, 22).toSorted());
  const all = (await counter.get('/api/pending?view=unit&flagged=any')).body.cases.map(
    ({ number }: { number: string }) => number,
  );
  expect(pages[0]?.filter((number) => all.includes(number))).toEqual(
    all.filter((number: string) => pages[0]?.includes(number)),
  );
  expect((await readings()).toSorted()).toEqual(ill.map(({ id }) => id).toSorted());
  const [one] = people;
  expect(await withFlag(counter, { ...asked, words: one?.name })).toEqual([[numbers[0]]]);
  expect((await readings()).slice(22)).toEqual([one?.id]);

  // Whoever may not keep their flags finds nobody by them, and nothing is written down.
  const others = [clerk, await stage.staff('430102', 'lead')];
  for (const who of others) expect(await withFlag(who, { ...asked, view: 'below' })).toEqual([[]]);
  expect((await counter.post('/api/pending/by-flag', { view: 'unit', flagged: 'gravelyIll' })).body.cases).toEqual([]);
  expect(await readings()).toHaveLength(23);
  expect((await (await stage.person(LIU)).post('/api/pending/by-flag', asked)).status).toBe(403);
});

test('more people with flags than are opened for one list are refused', async () => {
  await expect(idsWithFlag(stage.ctx, undefined, 'dementia', 3)).rejects.toThrow('too-many-flagged');
});
