/** A slip from the counter: it binds once, whoever types it, and nobody learns anything by guessing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { newSlipCode, readSlipCode } from '../../../api/binding/slip-code.ts';
import type { Browser } from '../../tools/browser.ts';
import { OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
let clerk: Browser;
let wang: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  wang = (await clerk.post('/api/retirees/search', { words: '王桂英' })).body[0].id;
});
afterAll(() => stage.stop());

let next = 0;
const newPerson = () => stage.person(`1395558${String((next += 1)).padStart(4, '0')}`);
const make = async (more: object = {}) =>
  (await clerk.post('/api/slips', { retireeId: wang, relation: 'child', ...more })).body;
const use = (who: Browser, code: string) => who.post('/api/slips/use', { code });
const peopleOf = async (who: Browser) => (await who.get('/api/me')).body.people;

describe('a code', () => {
  test('is ten digits of which the last checks the others, however it is typed', () => {
    fc.assert(
      fc.property(fc.constant(null), () => {
        const code = newSlipCode();
        expect(code).toMatch(/^\d{10}$/);
        expect(readSlipCode(`${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)}`)).toBe(code);
        const wide = [...code].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('　');
        expect(readSlipCode(wide)).toBe(code);
        const wrong = code.slice(0, 4) + ((Number(code[4]) + 1) % 10) + code.slice(5);
        expect(readSlipCode(wrong)).toBeNull();
      }),
    );
  });
});

describe('a slip', () => {
  test('binds whoever types it with the relation and the scope that staff gave it, and is used up', async () => {
    const slip = await make({ scope: 'everything' });
    expect(slip).toMatchObject({ retiree: '王桂英', relation: 'child', scope: 'everything' });
    expect(slip.expiresAt).toBe(new Date('2026-11-16T10:00:00+08:00').toISOString());
    const son = await newPerson();
    expect((await use(son, slip.code)).body).toMatchObject({ name: '王桂英', relation: 'child' });
    expect(await peopleOf(son)).toMatchObject([{ id: wang, relation: 'child', scope: 'everything' }]);
    expect((await use(await newPerson(), slip.code)).body.code).toBe('slip-not-good');
  });

  test('stands nowhere in the clear', async () => {
    const { code } = await make();
    const [row] = await stage.house.connection.sql`
      select string_agg(row_to_json(s)::text, '') as words from slips s`;
    expect(row?.['words']).not.toContain(code);
  });

  test('for the retiree is their own record, whole, and gives the account their name', async () => {
    const { code } = await make({ relation: 'self', scope: 'look' });
    const herself = await newPerson();
    await use(herself, code);
    expect((await herself.get('/api/me')).body).toMatchObject({
      name: '王桂英',
      people: [{ id: wang, relation: 'self', scope: 'everything' }],
    });
  });

  test('on two phones at once binds one of them', async () => {
    const { code } = await make();
    const phones = await Promise.all([1, 2, 3, 4].map(newPerson));
    const answers = await Promise.all(phones.map((phone) => use(phone, code)));
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '410', '410', '410']);
    const bound = await Promise.all(phones.map(peopleOf));
    expect(bound.filter((people) => people.length > 0)).toHaveLength(1);
  });

  test('that would bind somebody to their own record again stays good', async () => {
    const herself = await newPerson();
    await use(herself, (await make({ relation: 'self' })).code);
    const again = await make({ relation: 'child' });
    expect((await use(herself, again.code)).body.code).toBe('already-bound');
    expect((await use(await newPerson(), again.code)).status).toBe(200);
  });

  test('is over after fourteen days', async () => {
    const { code } = await make();
    const son = await newPerson();
    stage.at('2026-11-16 10:01');
    expect((await use(son, code)).body.code).toBe('slip-not-good');
    stage.at('2026-11-02 10:00');
  });

  test('is listed until it is used or cancelled, without its digits', async () => {
    const slip = await make({ relation: 'spouse' });
    const listed = async () =>
      (await clerk.get(`/api/slips?retiree=${wang}`)).body.find((one: { id: string }) => one.id === slip.id);
    expect(await listed()).toMatchObject({ relation: 'spouse', scope: 'apply', madeBy: '李娟' });
    expect(JSON.stringify(await listed())).not.toContain(slip.code);
    expect((await clerk.delete(`/api/slips/${slip.id}`)).status).toBe(204);
    expect(await listed()).toBeUndefined();
    expect((await use(await newPerson(), slip.code)).body.code).toBe('slip-not-good');
    expect((await clerk.delete(`/api/slips/${slip.id}`)).body.code).toBe('slip-not-good');
  });

  test('is made, listed and cancelled only by staff in whose care the retiree is', async () => {
    const other = await stage.person(RECEIVING_CLERK);
    const { id } = await make();
    expect((await other.post('/api/slips', { retireeId: wang, relation: 'child' })).status).toBe(404);
    expect((await other.get(`/api/slips?retiree=${wang}`)).status).toBe(404);
    expect((await other.delete(`/api/slips/${id}`)).status).toBe(404);
    expect((await stage.house.visit().post('/api/slips', { retireeId: wang, relation: 'child' })).status).toBe(401);
    expect((await clerk.delete(`/api/slips/${id}`)).status).toBe(204);
  });
});

describe('guessing', () => {
  test('is answered in one way for an unknown, a used and an old slip, and stops after five', async () => {
    const son = await newPerson();
    const used = await make();
    await use(await newPerson(), used.code);
    const cancelled = await make();
    await clerk.delete(`/api/slips/${cancelled.id}`);
    const answers = [await use(son, newSlipCode()), await use(son, used.code), await use(son, cancelled.code)];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 410, body: { code: 'slip-not-good' } });
    // A slip of the pen is named, and is no attempt.
    for (let pen = 0; pen < 6; pen += 1) expect((await use(son, '1234567891')).body.code).toBe('bad-slip-code');
    await Promise.all([1, 2, 3, 4].map(() => use(son, newSlipCode())));
    const good = await make();
    const locked = await use(son, good.code);
    expect(locked).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    stage.at('2026-11-02 11:01');
    expect((await use(son, good.code)).status).toBe(200);
  });
});
