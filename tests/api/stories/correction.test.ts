/** What the registry holds is wrong: somebody says what is right, the community agrees, and just that is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import { openBytes } from '../../../db/vault.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { Browser } from '../../tools/browser.ts';
import { registeredPhone } from '../../tools/registered-phone.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

let stage: Stage;
let liu: Browser;
let clerk: Browser;
let lead: Browser;
/** 刘淑兰's record. */
let id: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  liu = await stage.person(LIU);
  clerk = await stage.person(OLD_CLERK);
  lead = await stage.staff('430102001001', 'lead');
  id = (await liu.get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const record = async () => (await rows(`select * from retirees where id = '${id}'`))[0] as Record<string, unknown>;
const found = async (words: string) =>
  (await clerk.post('/api/retirees/search', { words })).body.map((one: { name: string }) => one.name);

/** Says what is right, has it approved, and gives the number. */
async function correct(answers: Record<string, unknown>): Promise<string> {
  const number = await apply(liu, 'correction', { ...answers, proof: null });
  expect((await use(clerk, number, 'approve')).body.status).toBe('entering');
  return number;
}
const undo = (number: string) => use(lead, number, 'undo', { words: '搞错了' });

describe('one thing is put right, and taken back by the lead', () => {
  test('a name, for those who search and where she is greeted', async () => {
    const number = await correct({ what: 'name', name: '刘 淑岚' });
    expect((await liu.get('/api/me')).body).toMatchObject({ name: '刘淑岚', people: [{ name: '刘淑岚' }] });
    expect(await found('刘淑岚')).toEqual(['刘淑岚']);
    expect(await found('刘淑兰')).toEqual([]);
    expect((await undo(number)).body.status).toBe('undone');
    expect(await found('刘淑兰')).toEqual(['刘淑兰']);
  });

  test('a phone, by whose last digits she is found', async () => {
    const number = await correct({ what: 'phone', phone: '139 0001 7788' });
    expect(await registeredPhone(stage.house, '刘淑兰')).toBe('13900017788');
    expect(await found('7788')).toEqual(['刘淑兰']);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(JSON.stringify(card.answers)).not.toContain('13900017788');
    await undo(number);
    expect(await registeredPhone(stage.house, '刘淑兰')).toBe(LIU);
  });

  test('an identity number, with the birth date that it carries, shown masked everywhere', async () => {
    const right = idNumberOf('430101', '1948-03-21' as PlainDate, 'female', 9);
    const number = await correct({ what: 'idNumber', idNumber: right });
    expect(await record()).toMatchObject({ born: '1948-03-21' });
    expect(await found(right)).toEqual(['刘淑兰']);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(JSON.stringify(card)).not.toContain(right);
    await undo(number);
    expect(await record()).toMatchObject({ born: '1948-03-12' });
    expect(await found(right)).toEqual([]);
  });

  test('the month of retirement, the employer, the day of birth, the ethnicity', async () => {
    const month = await correct({ what: 'retiredOn', retiredOn: '1998.04' });
    expect(await record()).toMatchObject({ retired_on: '1998-04-01' });
    await undo(month);
    const employer = await correct({ what: 'employer', employerKind: 'municipal', employer: '湖南湘岳二纺' });
    expect(await record()).toMatchObject({ employer: '湖南湘岳二纺', employer_kind: 'municipal' });
    await undo(employer);
    expect(await record()).toMatchObject({ employer: '湖南湘岳第二纺织厂', employer_kind: 'provincial' });
    const born = await correct({ what: 'born', born: '1948-03-13' });
    expect(await record()).toMatchObject({ born: '1948-03-13' });
    await undo(born);
    const ethnicity = await correct({ what: 'ethnicity', ethnicity: '苗族' });
    const held = (await record())['ethnicity'] as Buffer;
    expect(JSON.parse(openBytes(held, 'retirees.ethnicity').toString())).toBe('苗族');
    await undo(ethnicity);
    expect((await record())['ethnicity']).toBeNull();
  });

  test('whom to call', async () => {
    const contact = { what: 'contact', contactName: '周强', contactRelation: 'child', contactPhone: '13955590200' };
    const number = await correct(contact);
    const names = async () =>
      (
        await rows(`select c.name from contacts c join retirees r on r.id = c.retiree_id
        where r.name = '刘淑兰' and emergency`)
      ).map((row) => row['name']);
    expect(await names()).toEqual(['周强']);
    await undo(number);
    expect(await names()).toEqual(['周敏']);
  });
});

describe('undo', () => {
  test('is refused when the same field was corrected since', async () => {
    const first = await correct({ what: 'born', born: '1948-03-14' });
    await use(clerk, first, 'approve');
    const second = await correct({ what: 'born', born: '1948-03-15' });
    expect((await undo(first)).body).toMatchObject({ code: 'later-facts', what: 'facts' });
    expect((await undo(second)).body.status).toBe('undone');
    expect((await undo(first)).body.status).toBe('undone');
  });
});

describe('what is asked', () => {
  test('a right value that is held already ends the form; the clerk sees the held one beside the new', async () => {
    const { draft } = (await liu.post('/api/drafts', { kind: 'correction' })).body;
    const put = async (answers: object) =>
      (await liu.put(`/api/drafts/${draft.id}/answers`, { answers: saying(answers as never) })).body;
    expect((await put({ what: 'name' })).next).toMatchObject({ key: 'name', value: '刘淑兰', answered: false });
    expect((await put({ name: '刘淑兰' })).stopped).toMatchObject({
      reason: 'nothing-changes',
      at: { key: 'name' },
      call: { name: '识字里社区' },
    });
    const { revision } = await put({ name: '刘淑岚', proof: null });
    const { number } = (await liu.post(`/api/drafts/${draft.id}/submit`, { checked: revision })).body;
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card.before).toContainEqual({ key: 'name', question: '登记的是', shown: '刘淑兰' });
    await use(clerk, number, 'reject', { reason: 'right-as-held', words: null });
  });

  test('a number that somebody else has is refused to the clerk, and nothing changes', async () => {
    const taken = namedRetirees.find(({ name }) => name === '王桂英')?.idNumber;
    const number = await apply(liu, 'correction', { what: 'idNumber', idNumber: taken, proof: null });
    expect((await use(clerk, number, 'approve')).body.code).toBe('number-taken');
    expect((await clerk.get(`/api/cases/${number}`)).body.status).toBe('open');
    await use(clerk, number, 'reject', { reason: 'cannot-verify', words: null });
  });

  test('a relative who may only apply does not correct; one who may do everything does', async () => {
    const daughter = await stage.person(DAUGHTER);
    const [mother] = (await daughter.get('/api/me')).body.people;
    const begin = () => daughter.post('/api/drafts', { kind: 'correction', subjectId: mother.id });
    expect((await begin()).body.code).toBe('not-allowed');
    await rows(`update links set scope = 'everything' where retiree_id = '${mother.id}' and relation = 'child'`);
    expect((await begin()).status).toBe(200);
    expect((await daughter.get('/api/services/correction')).body.scope).toBe('everything');
  });
});
