/** Usual reasons that a unit adds: offered after those of the service, on the page and in chat, and said to the applicant as written. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const UNIT = newHome.communityId;
const ROUTE = '/api/staff/settings/reasons';
let stage: Stage;
let lead: Browser;
let clerk: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  [lead, clerk] = await Promise.all([stage.staff(UNIT, 'lead'), stage.person(RECEIVING_CLERK)]);
});
afterAll(() => stage.stop());

const list = { unit: UNIT, kind: 'relocation' };
const read = async (verb = 'return', kind = 'relocation') =>
  (await lead.get(`${ROUTE}?unit=${UNIT}&kind=${kind}`)).body.lists.find((one: { verb: string }) => one.verb === verb);
const save = async (who: Browser, own: string[]) =>
  who.put(ROUTE, { ...list, verb: 'return', own, version: (await read()).version });

test('added by the lead, offered in order before “other”, chosen, and told in the unit’s own words', async () => {
  expect((await save(clerk, ['请带房产证'])).status).toBe(403);
  expect((await save(lead, ['请带房产证', ' 请本人来一趟 '])).body).toEqual({ version: 1 });
  expect((await read()).own).toEqual(['请带房产证', '请本人来一趟']);
  const liu = await stage.person(LIU);
  const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', answers);
  const offered = async (verb: string) => {
    const { verbs } = (await clerk.get(`/api/cases/${number}`)).body;
    const [question] = verbs.find((one: { verb: string }) => one.verb === verb).questions;
    return question.choices.map(({ label }: { label: string }) => label);
  };
  await expect.poll(() => offered('return')).toContain('请带房产证');
  expect((await offered('return')).slice(-3)).toEqual(['请带房产证', '请本人来一趟', '其他（自己写）']);
  expect(await offered('reject')).toEqual(['不在本社区居住', '不属于本办法的对象']);
  const returned = await use(clerk, number, 'return', {
    missing: ['own:请本人来一趟', 'photo-unclear'],
    words: null,
  });
  expect(returned.status).toBe(200);
  const said = (await liu.get('/api/messages')).body[0].text;
  expect(said).toContain('· 照片看不清，请重新拍一张\n· 请本人来一趟');
  const { timeline } = (await liu.get(`/api/cases/${number}`)).body;
  expect(JSON.stringify(timeline)).toContain('请本人来一趟');
  // Taken away later, what was said stays; a reason that is not there is none.
  await save(lead, []);
  expect((await read()).own).toEqual([]);
  expect((await liu.get('/api/messages')).body[0].text).toBe(said);
});

test('two at once, doubles, numbers and addresses are refused; the history says who and what', async () => {
  const { version } = await read('reject', 'correction');
  const ofCorrection = { unit: UNIT, kind: 'correction', verb: 'reject' };
  expect((await lead.put(ROUTE, { ...ofCorrection, own: ['户口在外地'], version })).status).toBe(200);
  const both = await Promise.all(
    ['甲', '乙'].map((word) => lead.put(ROUTE, { ...ofCorrection, own: [word], version: version + 1 })),
  );
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect((await save(lead, ['丙', '丙'])).body.code).toBe('reason-twice');
  expect((await save(lead, ['请打 13800000001'])).body.code).toBe('reason-unfit');
  expect((await save(lead, ['看 www.example.com'])).body.code).toBe('reason-unfit');
  expect((await save(lead, ['长'.repeat(41)])).status).toBe(400);
  expect((await lead.get(`${ROUTE}?unit=${UNIT}&kind=nothing`)).status).toBe(404);
  const [last] = (await lead.get(`/api/staff/settings/history?unit=${UNIT}&what=reasons`)).body;
  expect(last).toMatchObject({ about: '更正登记的信息 · 不予办理', before: ['户口在外地'] });
});

test('where the regulation names every reason for refusing, a unit adds none', async () => {
  expect(await read('reject')).toBeUndefined();
  const refused = await lead.put(ROUTE, { ...list, verb: 'reject', own: ['户口在外地'], version: 0 });
  expect(refused).toMatchObject({ status: 422, body: { code: 'reasons-closed' } });
});
