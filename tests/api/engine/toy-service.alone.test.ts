/** Prove it: a service of ten lines, added while the product runs, works through the API with nothing more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { addToyService } from '../../tools/toy-service.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
  addToyService();
});
afterAll(() => house.stop());

test('it is listed, guided, applied for, decided, and what it promised stands in the registry', async () => {
  const liu = await house.signIn(LIU);
  const listed = (await liu.get('/api/services')).body.map((service: { kind: string }) => service.kind);
  expect(listed).toContain('toy-phone');
  const guide = (await liu.call('GET', '/api/services/toy-phone', undefined, { 'accept-language': 'zh-CN' })).body;
  expect(guide.title).toBe('换电话号码');
  expect(guide.questions.map((question: { label: string }) => question.label)).toEqual([
    '新的号码是多少？',
    '为什么换号码？',
  ]);

  const number = await apply(liu, 'toy-phone', { phone: '139 7312 4409', why: 'lost' });
  const clerk = await house.signIn(OLD_CLERK);
  const card = (await clerk.get(`/api/cases/${number}`)).body;
  expect(card.answers.map((answer: { shown: string }) => answer.shown)).toEqual(['139****4409', '手机丢了']);
  expect((await clerk.post(`/api/cases/${number}/approve`, { version: card.version })).body.status).toBe('approved');

  // The number stands in the registry: the next application knows it.
  const next = (await liu.post('/api/drafts', { kind: 'address-change' })).body.draft.id;
  const phone = await liu.put(`/api/drafts/${next}/answers`, {
    answers: {
      home: { value: { communityId: '430102001001', building: '3', room: '401' } },
      since: { value: '2026-11-01' },
    },
  });
  expect(phone.body.next).toMatchObject({ key: 'phone', value: '13973124409', answered: false });
});

test('it is described to programs', async () => {
  const { components } = (await house.visit().get('/openapi.json')).body;
  expect(components.schemas['answers-toy-phone']).toMatchObject({ required: ['phone', 'why'] });
});
