/** Finding out who is registered: by what is answered, and by how long it takes. */
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainDate } from '../../api/dates.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { idNumberOf } from '../../db/seed/demo/numbers.ts';
import type { Browser } from '../tools/browser.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { openStage, type Stage } from '../api/engine/stage.ts';

let stage: Stage;
let stranger: Browser;
/** The id of 刘淑兰 in the registry, as a former relative might have kept it. */
let mother: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  stranger = await stage.person('13955590000');
  mother = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

let next = 0;
const newPhone = () => `1395559${String((next += 1)).padStart(4, '0')}`;
/** A well-formed identity number that nobody has. */
const NOBODY = idNumberOf('430101', '1950-01-01' as PlainDate, 'female', 77);
const [liu] = namedRetirees;

describe('the answer is the same for somebody known and nobody', () => {
  test('to a code asked for, and to a wrong code', async () => {
    const visit = () => stage.house.visit();
    expect(await visit().post('/api/sign-in/code', { phone: LIU })).toEqual(
      await visit().post('/api/sign-in/code', { phone: newPhone() }),
    );
    expect(await visit().post('/api/sign-in', { phone: LIU, code: '000000' })).toEqual(
      await visit().post('/api/sign-in', { phone: newPhone(), code: '000000' }),
    );
  });

  test('to a binding with somebody’s number, with a number of nobody, and with another name', async () => {
    const bind = async (name: string, idNumber: string) =>
      (await stage.house.signIn(newPhone())).post('/api/me/bind', { name, idNumber });
    expect(await bind('刘淑兰', liu?.idNumber ?? '')).toEqual(await bind('刘淑兰', NOBODY));
    expect(await bind('李秀英', liu?.idNumber ?? '')).toEqual(await bind('李秀英', NOBODY));
  });

  test('to an application for a retiree whom a stranger names by id, and to one for nobody', async () => {
    for (const who of [stranger, stage.house.visit()]) {
      const apply = (subjectId: string) => who.post('/api/drafts', { kind: 'call-back', subjectId });
      expect(await apply(mother)).toEqual(await apply('019a0000-0000-7000-8000-000000000000'));
    }
  });

  test('to staff who bind, search or look up beyond their unit', async () => {
    const clerk = await stage.person('13800000012');
    const bind = (retireeId: string) =>
      clerk.post('/api/bindings', { retireeId, phone: newPhone(), relation: 'child' });
    expect(await bind(mother)).toEqual(await bind('019a0000-0000-7000-8000-000000000000'));
    const search = (words: string) => clerk.post('/api/retirees/search', { words });
    expect(await search('刘淑兰')).toEqual(await search('没有此人'));
  });
});

/** The median of the times, in milliseconds. */
const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Times two kinds of request in turn, so that whatever else the machine does is spread over both. */
async function timed(one: () => Promise<unknown>, other: () => Promise<unknown>, rounds = 40) {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, ask] of [one, other].entries()) {
      const start = performance.now();
      await ask();
      times[at]?.push(performance.now() - start);
    }
  }
  return times.map(median) as [number, number];
}

describe('and takes as long', () => {
  /** What a network hides anyway: a hash more or a query more would be seen, a branch would not. */
  const differ = ([a, b]: [number, number]) => Math.abs(a - b) / Math.max(a, b);

  test('for a wrong code of somebody known as of nobody', async () => {
    // Right away after each other, with the limits out of the way.
    const forget = () => stage.house.connection.sql`delete from attempts`;
    const tryCode = (phone: string) => async () => {
      await forget();
      return stage.house.visit().post('/api/sign-in', { phone, code: '000000' });
    };
    expect(differ(await timed(tryCode(OLD_CLERK), tryCode('13955599999')))).toBeLessThan(0.5);
  });

  test('for a binding to somebody registered as to nobody', async () => {
    const guesser = await stage.house.signIn(newPhone());
    const bind = (idNumber: string) => async () => {
      await stage.house.connection.sql`delete from attempts`;
      return guesser.post('/api/me/bind', { name: '刘淑兰', idNumber });
    };
    expect(differ(await timed(bind(liu?.idNumber ?? ''), bind(NOBODY)))).toBeLessThan(0.5);
  });
});
