// Nobody's number stands where it must not: the product is used in every way, with a database of its own, and afterwards the files of
// the database, the log, every message that left, every address that was asked for and every refusal are searched for all of them.
import { channel } from 'node:diagnostics_channel';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoData } from '../../db/seed/demo/index.ts';
import type { DemoStaff } from '../../db/seed/demo/types.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { startEmbedded } from '../../db/embedded/server.ts';
import { answerOnPage, beginService, join, picture, tapOn } from '../bot/people.ts';
import type { Answer, Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { findNumbers, type Finder } from '../tools/numbers.ts';
import { ownDataDir } from '../tools/process.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { openPages, type Pages } from './phone.ts';
import { openOffices, type Offices } from './staff-desk.ts';

const numberOf = (name: string) => namedRetirees.find((one) => one.name === name)?.idNumber ?? '';
const CHEN = '13800000003';
/** A clerk of a third community, where the chat's move goes. */
const third = demoData().staff.find(
  ({ role, unitId }) =>
    role === 'clerk' && unitId.length === 12 && !['430102001001', newHome.communityId].includes(unitId),
) as DemoStaff;
/** Numbers that only the story brings in. */
const TYPED = ['13911119999', '13922228888', '430101196001010016'];
const [NEW_PHONE = '', STRANGER = '', WRONG_NUMBER = ''] = TYPED;

let data: Awaited<ReturnType<typeof ownDataDir>>;
let database: Awaited<ReturnType<typeof startEmbedded>>;
let house: HouseUnderTest;
let pages: Pages;
let offices: Offices;
let finder: Finder;
const log: string[] = [];
const calls: string[] = [];
const addresses: string[] = [];
const refusals: string[] = [];

const hear = (message: unknown): void => {
  const { url, headers } = (message as { request: IncomingMessage }).request;
  addresses.push(url ?? '', headers.referer ?? '');
};
const requests = channel('http.server.request.start');

beforeAll(async () => {
  requests.subscribe(hear);
  data = await ownDataDir();
  database = await startEmbedded({ dataDir: data.path, mode: 'own', log: (line) => log.push(line) });
  house = await openTestHouse({
    env: { DATABASE_URL: database.url, DATA_DIR: data.path },
    log: { write: (line) => void log.push(line) },
  });
  house.simulator.onCall((method, values) => calls.push(`${method} ${JSON.stringify(values)}`));
  pages = await openPages(house);
  offices = await openOffices(house);
  const units = await house.connection.sql<{ phone: string }[]>`select phone from units where phone is not null`;
  finder = findNumbers(
    TYPED,
    units.map(({ phone }) => phone),
  );
});
afterAll(async () => {
  await pages.stop();
  await offices.stop().catch(() => undefined);
  await database.stop();
  await data.clear();
  requests.unsubscribe(hear);
});

/** Notes a refusal; it must be one. */
async function refused(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  expect(status).toBeGreaterThanOrEqual(400);
  refusals.push(JSON.stringify(body));
  return { status, body };
}

/** Does something while a table takes nothing in: an error of the database in the middle of a verb, with the row in its words. */
async function whileBroken(table: string, act: () => Promise<unknown>): Promise<void> {
  const { sql } = house.connection;
  await sql.unsafe(
    `create trigger broken before insert or update on ${table} for each row execute function refuse_row()`,
  );
  try {
    await act();
  } finally {
    await sql.unsafe(`drop trigger broken on ${table}`);
  }
}

test('a retiree signs in, binds herself and moves on a page, through every mistake', async () => {
  const phone = await pages.phone();
  phone.page.on('response', (response) => {
    if (response.status() >= 400)
      void response
        .text()
        .then((text) => refusals.push(text))
        .catch(() => undefined);
  });
  await phone.signIn(CHEN);
  await phone.page.goto('/bind');
  await phone.page.getByLabel('姓名').fill('陈建国');
  await phone.page.getByLabel(/身份证/).fill('430101195210010021');
  await phone.page
    .getByRole('button', { name: /绑定|确定|下一步/ })
    .first()
    .click();
  await phone.page
    .getByText(/身份证号不对/)
    .first()
    .waitFor();
  await phone.page.getByLabel(/身份证/).fill(numberOf('刘淑兰'));
  await phone.page
    .getByRole('button', { name: /绑定|确定|下一步/ })
    .first()
    .click();
  await phone.page
    .getByText(/对不上/)
    .first()
    .waitFor();
  await phone.page.getByLabel(/身份证/).fill(numberOf('陈建国'));
  await phone.page
    .getByRole('button', { name: /绑定|确定|下一步/ })
    .first()
    .click();
  await phone.page.getByText('陈建国').first().waitFor();

  const liu = await (await pages.phone()).signIn(LIU);
  await liu.press(/^我搬家了/);
  await liu.press('不在，搬到了别的地方');
  await liu.press('开始');
  await liu.press('长沙市内');
  await liu.write('住在哪个社区', '梓园');
  await liu.press(/^梓园社区/);
  await liu.write('几栋', '3');
  await liu.write('房号', '502');
  await liu.press('继续');
  await liu.press(/^昨天/);
  await liu.press('和子女一起住');
  await liu.page
    .locator('input[type=file]')
    .setInputFiles({ name: `${numberOf('刘淑兰')}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(await picture()) });
  await liu.page
    .getByRole('button', { name: /去掉|删/ })
    .first()
    .waitFor();
  await liu.press('继续');
  await liu.press('看过了，知道了');
  await liu.press('确认，提交');
  await liu.sees('已经提交');
  expect([...liu.complaints, ...phone.complaints]).toEqual([]);
  await liu.close();
  await phone.close();
}, 180_000);

test('the clerk returns it with a number in the words, it comes again, and is decided and typed into the office’s system', async () => {
  const [liu, clerk] = [await house.signIn(LIU), await offices.signIn(RECEIVING_CLERK)];
  const { number } = (await liu.get('/api/cases')).body.cases[0];
  const use = async (who: Browser, verb: string, answers?: Record<string, unknown>) => {
    const { version } = (await who.get(`/api/cases/${number}`)).body;
    const said = answers && Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));
    return who.post(`/api/cases/${number}/${verb}`, { version, ...(said && { answers: said }) });
  };
  // A number written with dashes is a number, too.
  const words = `请核对电话138-0000-0001和身份证${numberOf('刘淑兰')}`;
  expect((await use(clerk, 'return', { missing: ['other'], otherWords: words })).status).toBe(200);
  expect((await use(liu, 'resubmit', {})).status).toBe(200);
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens(`/staff/c/${number}`, /刘淑兰/);
  await desk.press('同意');
  await desk.sees('同意：办好了');
  await desk.press('已录入');
  await desk.sees('已录入：办好了');
  await desk.close();
  expect((await use(liu, 'rate', { stars: '5', words: `打${NEW_PHONE}找我` })).status).toBe(200);
}, 180_000);

test('in chat: a number is typed where none belongs, a move is begun, and a clerk’s card comes', async () => {
  const daughter = await join(house, '周敏', DAUGHTER);
  const clerk = await join(house, third.name, third.phone);
  daughter.send(`${numberOf('刘淑兰')} ${LIU}`);
  await daughter.answer('请不要在聊天里发身份证号');
  await beginService(daughter, '搬到别的社区');
  daughter.send('第一个');
  const home = await daughter.answer('现在住在哪里');
  daughter.send(`身份证${numberOf('刘淑兰')}`);
  await daughter.answer('请不要在聊天里发身份证号');
  await answerOnPage(house, home, { ...newHome, communityId: third.unitId });
  await daughter.see('哪一天搬过去的', 15_000);
  daughter.send('昨天');
  await daughter.answer('为什么搬家');
  daughter.send('和子女一起住');
  const proof = await daughter.answer('有证明的照片吗');
  tapOn(daughter, proof, '跳过');
  await daughter.answer('您的服务信息将转给新社区');
  daughter.send('同意');
  tapOn(daughter, await daughter.answer('请核对一遍'), '提交');
  await daughter.answer('交好了');
  await beginService(daughter, '请社区回电');
  await daughter.answer('电话');
  daughter.send(NEW_PHONE);
  await daughter.answer('请核对一遍');
  daughter.send('找人');
  await daughter.answer('12333');
  expect((await clerk.see('待审', 15_000)).text).toContain('刘淑兰');
}, 180_000);

test('at the counter: found by identity number, bound, applied for', async () => {
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff', '待办');
  await desk.page.getByLabel('姓名、拼音、编号、手机后四位').pressSequentially(numberOf('王桂英'));
  await desk.sees('请到“代办”里找');
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill(numberOf('王桂英'));
  await desk.press('查找');
  await desk.page.getByRole('button', { name: /王桂英/ }).click();
  await desk.page.getByLabel('子女').check();
  await desk.page.getByLabel('姓名', { exact: true }).fill('何建军');
  await desk.page.getByLabel('手机号', { exact: true }).fill('13800000005');
  await desk.press('看过证件，绑定');
  await desk.sees(/已经绑定/);
  await desk.press(/^同社区换住址/);
  await desk.page.getByLabel('几栋').fill('2');
  await desk.page.getByLabel('房号').fill('101');
  await desk.page.getByRole('button', { name: /^昨天/ }).click();
  await desk.page.getByLabel('打哪个电话能找到您？').fill(NEW_PHONE);
  await desk.press('核对无误，提交');
  await desk.page.getByRole('heading', { level: 1, name: '王桂英：同社区换住址' }).waitFor();
  expect(desk.complaints).toEqual([]);
  await desk.close();
}, 120_000);

test('everything that can be refused is refused, and the database fails in the middle', async () => {
  const stranger = await house.signIn(STRANGER);
  const clerk = await offices.signIn(RECEIVING_CLERK);
  const liu = await house.signIn(LIU);
  await refused(stranger.post('/api/sign-in', { phone: LIU, code: '000000' }));
  await refused(stranger.post('/api/sign-in/code', { phone: numberOf('刘淑兰') }));
  await refused(stranger.post('/api/me/bind', { name: '刘淑兰', idNumber: numberOf('刘淑兰') }));
  await refused(stranger.post('/api/me/bind', { name: '刘淑兰', idNumber: WRONG_NUMBER }));
  await refused(stranger.post('/api/me/bind', { name: numberOf('刘淑兰').repeat(9), idNumber: LIU }));
  await refused(
    stranger.call('POST', '/api/me/bind', Buffer.from(`{"idNumber":"${numberOf('刘淑兰')}"`), {
      'content-type': 'application/json',
    }),
  );
  const { draft } = (await liu.post('/api/drafts', { kind: 'address-change' })).body;
  const answer = (value: unknown) => liu.put(`/api/drafts/${draft.id}/answers`, { answers: { phone: { value } } });
  const home = { communityId: '430102001001', building: '1', room: '101' };
  await liu.put(`/api/drafts/${draft.id}/answers`, {
    answers: { home: { value: home }, since: { value: '2026-01-05' } },
  });
  await refused(answer(`${NEW_PHONE}x${LIU}`));
  await house.connection.sql.unsafe(`create function refuse_row() returns trigger language plpgsql as
    $$ begin raise exception 'no room for %', new; end $$`);
  const number = numberOf('陈建国');
  const binding = { retireeId: draft.subject.id, phone: NEW_PHONE, relation: 'child', name: '某人' };
  await whileBroken('drafts', () => refused(answer(NEW_PHONE)));
  await whileBroken('attempts', () => refused(stranger.post('/api/me/bind', { name: '陈建国', idNumber: number })));
  await whileBroken('attempts', () => refused(stranger.post('/api/sign-in', { phone: NEW_PHONE, code: '123456' })));
  await whileBroken('codes', () => refused(stranger.post('/api/sign-in/code', { phone: NEW_PHONE })));
  await whileBroken('logins', () => refused(clerk.post('/api/bindings', binding)));
  // A row that the tables refuse: PostgreSQL would show it whole in the details of its error.
  await house.connection.sql.unsafe(`alter table logins add constraint none check (false) not valid`);
  await refused(clerk.post('/api/bindings', binding));
  await refused(clerk.post('/api/bindings', { ...binding, name: `某人${NEW_PHONE}` }));
  await house.connection.sql.unsafe(`alter table logins drop constraint none`);
  await apply(liu, 'call-back', { phone: NEW_PHONE });
  // The words of a search are a parameter of the query as they are: an error of the driver repeats them.
  const lead = await house.signIn('13800000041');
  await house.connection.sql.unsafe('alter table search_keys rename to gone');
  await refused(lead.post('/api/retirees/search', { words: LIU }));
  await house.connection.sql.unsafe('alter table gone rename to search_keys');
  expect(log.filter((line) => line.includes('request failed')).length).toBe(7);
}, 120_000);

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => joinPath(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());

/** What a search found, by where it stands; nothing is the answer. */
const found = (where: string, numbers: string[]): string[] =>
  numbers.map((number) => `${number} in ${where.slice(0, 300)}`);

test('no number of anybody stands in the files of the database, its log and write-ahead log among them', async () => {
  const { sql } = house.connection;
  expect(demoData().retirees).toHaveLength(2000);
  expect((await sql`select count(*)::int as n from retirees`)[0]).toEqual({ n: 2000 });
  await sql`checkpoint`;
  await sql`select pg_switch_wal()`;
  await sql`checkpoint`;
  const files = filesBelow(data.path);
  expect(files.some((path) => path.includes('pg_wal'))).toBe(true);
  expect(files.some((path) => path.endsWith('server.log'))).toBe(true);
  expect(files.flatMap((path) => found(path, finder.inBytes(readFileSync(path))))).toEqual([]);
}, 180_000);

test('nor in the tables as they are read, however the files pack them', async () => {
  const { sql } = house.connection;
  const tables = await sql<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ words: string }[]>(`select t::text as words from ${name} t`);
    expect(rows.flatMap(({ words }) => found(`${name}: ${words}`, finder.inWords(words)))).toEqual([]);
  }
}, 180_000);

test('nor in the log, nor in what PostgreSQL shows of statements that run', async () => {
  expect(log.length).toBeGreaterThan(0);
  expect(log.flatMap((line) => found(line, finder.inWords(line)))).toEqual([]);
  const running = await house.connection.sql<{ query: string }[]>`select query from pg_stat_activity where query <> ''`;
  expect(running.flatMap(({ query }) => found(query, finder.inWords(query)))).toEqual([]);
});

test('nor in any message that left, in chat or as the text of an SMS', () => {
  expect(calls.filter((call) => call.startsWith('sendMessage')).length).toBeGreaterThan(15);
  expect(calls.flatMap((call) => found(call, finder.inWords(call)))).toEqual([]);
  const texts = house.simulator.sms.list().map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.flatMap((text) => found(text, finder.inWords(text)))).toEqual([]);
});

test('nor in any address that was asked for, nor in any refusal', () => {
  expect(addresses.filter((address) => address.includes('/api/')).length).toBeGreaterThan(80);
  expect(
    [...new Set(addresses)].flatMap((address) => found(address, finder.inWords(decodeURIComponent(address)))),
  ).toEqual([]);
  expect(refusals.length).toBeGreaterThan(12);
  expect(refusals.flatMap((text) => found(text, finder.inWords(text)))).toEqual([]);
});

test('the search would have found one: a number put there on purpose is seen in the files and in the tables', async () => {
  const { sql } = house.connection;
  await sql`insert into accounts (name) values (${`何建军 ${NEW_PHONE}`})`;
  await sql`checkpoint`;
  const places = filesBelow(data.path).filter((path) => finder.inBytes(readFileSync(path)).includes(NEW_PHONE));
  expect(places.some((path) => path.includes('pg_wal'))).toBe(true);
  expect(places.some((path) => path.includes(joinPath('base', '')))).toBe(true);
});
