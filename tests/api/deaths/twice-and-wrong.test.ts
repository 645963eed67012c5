/** Reports of a death that come twice, or say what cannot be: through the API with a clock that is moved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlainDate } from '../../../api/dates.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, OLD_CLERK } from '../../tools/story.ts';
import { use, type Stage } from '../engine/stage.ts';
import { approve, chen, HOME, linkedReport, liu, openStory, reportOf } from './stories.ts';

let stage: Stage;
let clerk: Browser;
beforeAll(async () => {
  stage = await openStory('2026-11-25 10:00');
  clerk = await stage.person(OLD_CLERK);
});
afterAll(() => stage.stop());

describe('two relatives report at once', () => {
  test('it is one case, both are told what came of it, and neither reads what the other said', async () => {
    const [son, niece] = await Promise.all([stage.person('13955550021'), stage.person('13955550022')]);
    const [first, second] = await Promise.all([
      apply(son, 'death-report', reportOf(chen, { phone: '13955550021', reporter: '陈小军' })),
      apply(niece, 'death-report', reportOf(chen, { phone: '13955550022', reporter: '陈小梅', relation: 'relative' })),
    ]);
    expect(first).toBe(second);
    const at = await stage.staff('430111001001', 'clerk');
    const card = (await at.get(`/api/cases/${first}`)).body;
    expect(card.timeline.map((one: { verb: string }) => one.verb)).toEqual(['open', 'join']);
    expect((await approve(at, first)).body.status).toBe('approved');
    const told = await stage.house.connection.sql`
      select distinct m.account_id from messages m join cases k on k.id = m.case_id
       where k.number = ${first} and m.template = 'report.approved'`;
    expect(told).toHaveLength(2);
  });
});

describe('bad input', () => {
  const guest = () => stage.house.visit();
  const began = async (answers: Record<string, unknown>) => {
    const given = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));
    const visitor = guest();
    const { body } = await visitor.post('/api/drafts', { kind: 'death-report', answers: given });
    if (!body.draft) return body;
    return (await visitor.post(`/api/drafts/${body.draft.id}/submit`, { checked: body.draft.revision })).body;
  };

  test('a day that is still to come, and one before birth', async () => {
    expect(await began(reportOf(chen, { diedOn: '2026-12-31' }))).toMatchObject({
      code: 'bad-answer',
      complaint: 'in-the-future',
    });
    expect(await began(reportOf(chen, { diedOn: '1950-01-01' }))).toMatchObject({
      code: 'cannot-open',
      reason: 'before-birth',
    });
  });

  test('a linked relative names a day before birth', async () => {
    const relative = await stage.person(DAUGHTER);
    const [mother] = (await relative.get('/api/me')).body.people;
    await expect(
      apply(relative, 'death-report', linkedReport(liu, { diedOn: '1940-01-01' }), mother.id),
    ).rejects.toThrow('before-birth');
  });

  test('a guest reports, and is not asked to sign in first', async () => {
    const visitor = guest();
    const stranger = {
      who: { name: '无此人', idNumber: idNumberOf('430102', '1930-01-01' as PlainDate, 'female', 94) },
      community: HOME,
      phone: '13955550031',
    };
    const number = await apply(visitor, 'death-report', reportOf(liu, { ...stranger, relation: 'neighbour' }));
    // Nobody of that name and number is known: the community that was named looks, and says who it is, or that there is nobody.
    expect((await clerk.get(`/api/cases/${number}`)).body).toMatchObject({ subject: null, unit: { id: HOME } });
    expect(
      (await approve(clerk, number, { how: 'phone', note: '打过', retiree: stranger.who, family: false })).body,
    ).toMatchObject({
      complaint: 'no-such-retiree',
    });
    expect((await use(clerk, number, 'reject', { reason: 'not-found', words: null })).body.status).toBe('rejected');
  });
});
