/** A consent is asked once a purpose, unticked, and recorded with the form that gave it; what was withdrawn is asked again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addService } from '../../../api/engine/catalogue.ts';
import { form } from '../../../api/engine/form.ts';
import { q } from '../../../api/engine/questions/index.ts';
import { defineService } from '../../../api/engine/service.ts';
import type { Browser } from '../../tools/browser.ts';
import { addConsentService } from '../../tools/consent-service.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

let stage: Stage;
let liu: Browser;
let retiree: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  addConsentService();
  liu = await stage.person(LIU);
  retiree = (await liu.get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const begin = async (who: Browser) =>
  (await who.post('/api/drafts', { kind: 'toy-outing', subjectId: retiree })).body.draft;
const discard = (id: string) => liu.delete(`/api/drafts/${id}`);
const answer = async (id: string, answers: Record<string, unknown>) =>
  (await liu.put(`/api/drafts/${id}/answers`, { answers: saying(answers) })).body;
const submit = (id: string, checked: number) => liu.post(`/api/drafts/${id}/submit`, { checked });
const choose = (agreed: boolean) => liu.put('/api/me/consents/photos', { agreed });
const givenAt = async (who = liu) =>
  (await who.get('/api/me/consents')).body.find((one: { purpose: string }) => one.purpose === 'photos').givenAt;
const noticesAbout = async (words: string) =>
  (await liu.get('/api/messages')).body.filter(({ text }: { text: string }) => text.includes(words)).length;

describe('in a form', () => {
  test('nothing is agreed to beforehand, and saying no gives nothing', async () => {
    expect(await givenAt()).toBeNull();
    const draft = await begin(liu);
    expect(draft.next).toMatchObject({ key: 'pictures', value: null, answered: false });
    await apply(liu, 'toy-outing', { pictures: false, lunch: true });
    expect(await givenAt()).toBeNull();
  });

  test('a yes is recorded with the case, told, and not asked a second time', async () => {
    const number = await apply(liu, 'toy-outing', { pictures: true, lunch: true });
    expect(await givenAt()).toBe('2026-11-02T02:00:00.000Z');
    expect(await noticesAbout('您同意了：活动照片里可以有您')).toBe(1);
    const draft = await begin(liu);
    expect(draft.next.key).toBe('lunch');
    expect(draft.answers).toMatchObject([{ key: 'pictures', shown: '同意' }]);
    const { revision } = await answer(draft.id, { lunch: false });
    const second = (await submit(draft.id, revision)).body.number;
    expect(second).not.toBe(number);
    const shown = (await liu.get(`/api/cases/${second}`)).body.answers;
    expect(shown[0]).toMatchObject({ key: 'pictures', shown: '同意' });
    expect(await noticesAbout('您同意了')).toBe(1);
  });

  test('what was withdrawn while the form lay there is asked again before it can be sent', async () => {
    const draft = await begin(liu);
    const { revision } = await answer(draft.id, { lunch: true });
    await choose(false);
    expect(await submit(draft.id, revision)).toMatchObject({ status: 422, body: { code: 'not-all-answered' } });
    expect((await liu.get(`/api/drafts/${draft.id}`)).body.next.key).toBe('pictures');
    await discard(draft.id);
  });

  test('changed to no in a form, it is withdrawn', async () => {
    await choose(true);
    const draft = await begin(liu);
    const { revision } = await answer(draft.id, { pictures: false, lunch: true });
    await submit(draft.id, revision);
    expect(await givenAt()).toBeNull();
  });

  test('a form given back and sent again says only what is changed in it', async () => {
    const number = await apply(liu, 'toy-outing', { pictures: true, lunch: true });
    const clerk = await stage.person(OLD_CLERK);
    const back = { missing: ['unclear'], words: null };
    expect((await use(clerk, number, 'return', back)).status).toBe(200);
    await choose(false);
    expect((await use(liu, number, 'resubmit', { lunch: false })).status).toBe(200);
    expect(await givenAt()).toBeNull();
    expect((await use(clerk, number, 'return', { ...back, whyAgain: '漏了' })).status).toBe(200);
    expect((await use(liu, number, 'resubmit', { pictures: false })).status).toBe(200);
    await choose(true);
    expect((await use(clerk, number, 'return', { ...back, whyAgain: '漏了' })).status).toBe(200);
    expect((await use(liu, number, 'resubmit', { lunch: true })).status).toBe(200);
    expect(await givenAt()).not.toBeNull();
    await choose(false);
  });

  test('what staff write down at the counter is no consent of theirs', async () => {
    const clerk = await stage.person(OLD_CLERK);
    await clerk.put('/api/me/consents/photos', { agreed: true });
    expect((await begin(clerk)).next.key).toBe('pictures');
    await clerk.put('/api/me/consents/photos', { agreed: false });
    await apply(clerk, 'toy-outing', { pictures: true, lunch: true }, retiree);
    expect(await givenAt(clerk)).toBeNull();
    expect(await givenAt()).toBeNull();
  });
});

describe('on one’s own page', () => {
  test('purposes are listed with what they mean; ten taps at once give one consent', async () => {
    const list = (await liu.get('/api/me/consents')).body;
    expect(list.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['chat-news', 'photos', 'group-phone']);
    expect(list.every(({ what }: { what: string }) => what.includes('不同意'))).toBe(true);
    await Promise.all(Array.from({ length: 10 }, () => choose(true)));
    const rows = await stage.house.connection.sql`
      select count(*)::int as n from consents where purpose = 'photos' and withdrawn_at is null`;
    expect(rows[0]?.['n']).toBe(1);
    await Promise.all(Array.from({ length: 10 }, () => choose(false)));
    expect(await givenAt()).toBeNull();
  });

  test('there is no purpose but those of the list', async () => {
    expect((await liu.put('/api/me/consents/face', { agreed: true })).status).toBe(400);
    const odd = defineService({
      kind: 'toy-odd',
      version: 1,
      basis: [],
      subject: 'retiree',
      promise: 1,
      open: { by: ['self'] },
      ask: form.ask('face', q.consent('face' as 'photos')),
      steps: {},
    });
    expect(() => addService(odd)).toThrow('ask.face: unknown purpose face');
  });
});
