/** Somebody whom nobody has registered asks to be: from the first question to a registry that knows them, and back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ethnicities } from '../../../api/values/ethnicities.ts';
import { openBytes } from '../../../db/vault.ts';
import { agencyOf, cityAgencyId } from '../../../db/seed/divisions.ts';
import { namedNewcomer, namedRetirees } from '../../../db/seed/demo/named.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430102001001';
let stage: Stage;
let clerk: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
});
afterAll(() => stage.stop());

let nn = 40;
/** Somebody new, with a good number of their own. */
const newcomer = (name: string) => ({
  name,
  idNumber: idNumberOf('430101', '1966-08-09' as PlainDate, 'male', (nn += 1)),
});
const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const home = { communityId: COMMUNITY, estate: '湘春里', building: '2', unit: '1', room: '301' };
const answers = (person: { name: string; idNumber: string }, phone: string, more: object = {}) => ({
  pension: 'enterprise',
  whom: 'me',
  person,
  retiredOn: '2026年9月',
  employerKind: 'municipal',
  employer: '长沙麓星机床厂',
  agency: null,
  ethnicity: '土家族',
  lives: 'city',
  home,
  phone,
  contactName: '谢小军',
  contactRelation: 'child',
  contactPhone: '13955590099',
  proof: null,
  informed: true,
  ...more,
});
const verified = { how: 'papers', agency: null };
const { phone: PHONE, ...xie } = namedNewcomer;
const xieNamed = { name: xie.name, idNumber: xie.idNumber };

describe('the first question', () => {
  test.each([
    ['public', '机关事业单位'],
    ['residents', '城乡居民养老金'],
    ['elsewhere', '参保地'],
  ])(
    'stops the form for a pension of the kind “%s”, says whom to call, and lets the answer be changed',
    async (pension, words) => {
      const person = await stage.person('13955590001');
      const { draft } = (await person.post('/api/drafts', { kind: 'enrolment' })).body;
      const put = (value: string) =>
        person.put(`/api/drafts/${draft.id}/answers`, { answers: saying({ pension: value }) });
      const stopped = (await put(pension)).body;
      expect(stopped).toMatchObject({ next: null, stopped: { at: { key: 'pension', label: '养老金是哪一种？' } } });
      expect(stopped.stopped.words).toContain(words);
      expect(stopped.stopped.words).toContain('12333');
      expect(stopped.stopped.call).toMatchObject({ name: '长沙市社会保险服务中心', phone: '0731-84907501' });
      const submitted = await person.post(`/api/drafts/${draft.id}/submit`, { checked: stopped.revision });
      expect(submitted.body.code).toBe('not-all-answered');
      expect((await put('unknown')).body).toMatchObject({ next: { key: 'whom' }, stopped: null });
      await person.delete(`/api/drafts/${draft.id}`);
    },
  );
});

describe('a newcomer', () => {
  let number = '';
  test('asks; the community confirms; the registry has them, found by name, and they are bound by the phone they proved', async () => {
    const person = await stage.person(PHONE);
    number = await apply(person, 'enrolment', answers(xieNamed, PHONE));
    const line = (await clerk.get('/api/pending')).body.cases.find((one: { number: string }) => one.number === number);
    expect(line).toMatchObject({ subject: { id: null, name: '谢桂香' }, waiting: '待审：登记新的退休人员' });
    expect((await clerk.get('/api/pending?words=谢桂')).body.cases).toHaveLength(1);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card.before).toEqual([{ key: 'registered', question: '登记册里有没有这个人', shown: '没有' }]);
    const shown = Object.fromEntries(card.answers.map((one: { key: string; shown: string }) => [one.key, one.shown]));
    expect(shown).toMatchObject({ retiredOn: '2026年9月', ethnicity: '土家族', agency: '不知道' });
    expect(shown.person).toMatch(/^谢桂香 430101\*+\d{3}[\dX]$/);
    expect((await person.get('/api/messages')).body[0].text).toContain('谢桂香的“退休人员登记”已交给识字里社区');

    expect((await use(clerk, number, 'approve', verified)).body.status).toBe('entering');
    // Whoever is signed in is known anew a moment after the database has said that they changed.
    await expect.poll(async () => (await person.get('/api/me')).body.name).toBe('谢桂香');
    const me = (await person.get('/api/me')).body;
    expect(me).toMatchObject({ people: [{ relation: 'self', community: { id: COMMUNITY } }] });
    const found = (await clerk.post('/api/retirees/search', { words: 'xgx' })).body;
    expect(found.map((one: { name: string }) => one.name)).toContain('谢桂香');
    const [row] = await rows(`select r.*, c.unit_id as care, s.community_id as lives from retirees r
      join care c on c.retiree_id = r.id join residences s on s.retiree_id = r.id where r.name = '谢桂香'`);
    expect(row).toMatchObject({
      retired_on: '2026-09-01',
      employer_kind: 'municipal',
      insured_at: cityAgencyId,
      managed_by: 'city',
      care: COMMUNITY,
      lives: COMMUNITY,
      sex: 'female',
    });
    expect(String(row?.['ethnicity'])).not.toContain('土家');
    expect(JSON.parse(openBytes(row?.['ethnicity'] as Buffer, 'retirees.ethnicity').toString())).toBe('土家族');
    const contacts = await rows(
      `select name, relation, emergency from contacts where retiree_id = '${me.people[0].id}'`,
    );
    expect(contacts).toEqual([{ name: '谢小军', relation: 'child', emergency: true }]);
  });

  test('is then typed into the office’s own system, and may ask for the next thing', async () => {
    const copy = (await clerk.get(`/api/cases/${number}`)).body.copy;
    expect(copy.map((field: { key: string }) => field.key)).toEqual(
      expect.arrayContaining(['name', 'idNumber', 'retiredOn', 'ethnicity', 'community', 'address', 'contactPhone']),
    );
    expect(JSON.stringify(copy)).not.toContain(xie.idNumber);
    expect((await use(clerk, number, 'approve')).body.status).toBe('approved');
    const person = await stage.person(PHONE);
    const started = await person.post('/api/drafts', { kind: 'relocation' });
    expect(started.body.draft.subject.name).toBe('谢桂香');
  });

  test('’s ethnicity is shown to whoever gave it, and to the unit only while it acts', async () => {
    const shownTo = async (who: Browser) =>
      (await who.get(`/api/cases/${number}`)).body.answers.find((one: { key: string }) => one.key === 'ethnicity')
        .shown;
    expect(await shownTo(await stage.person(PHONE))).toBe('土家族');
    expect(await shownTo(clerk)).toBe('已填，不显示');
    expect(await shownTo(await stage.staff('430102', 'lead'))).toBe('已填，不显示');
    const open = await apply(
      await stage.person('13955590002'),
      'enrolment',
      answers(newcomer('谭新来'), '13955590002'),
    );
    const street = (await (await stage.staff('430102001', 'lead')).get(`/api/cases/${open}`)).body;
    expect(street.answers.find((one: { key: string }) => one.key === 'ethnicity').shown).toBe('已填，不显示');
    await use(clerk, open, 'reject', { reason: 'not-living-here', words: null });
  });

  test('leaves the registry again when the lead undoes it, unless something has built on it', async () => {
    const person = await stage.person('13955590003');
    const one = await apply(person, 'enrolment', answers(newcomer('龙新来'), '13955590003'));
    await use(clerk, one, 'approve', verified);
    expect((await person.get('/api/me')).body.people).toHaveLength(1);
    const lead = await stage.staff(COMMUNITY, 'lead');
    expect((await use(lead, one, 'undo', { words: '搞错了' })).body.status).toBe('undone');
    expect(await rows(`select 1 from retirees where name = '龙新来'`)).toHaveLength(0);
    await expect.poll(async () => (await person.get('/api/me')).body.people).toEqual([]);
    expect((await person.get(`/api/cases/${one}`)).body).toMatchObject({ subject: { id: null, name: '龙新来' } });

    const again = await apply(person, 'enrolment', answers(newcomer('龙再来'), '13955590003'));
    await use(clerk, again, 'approve', verified);
    await expect.poll(async () => (await person.get('/api/me')).body.people).toHaveLength(1);
    await apply(person, 'call-back', { phone: '13955590003' });
    const refused = await use(lead, again, 'undo', { words: '搞错了' });
    expect(refused.body).toMatchObject({ code: 'later-facts', what: 'retiree' });
  });

  test('who lives outside the city comes into the care of the agency where they are insured', async () => {
    const person = await stage.person('13955590004');
    const abroad = { lives: 'elsewhere', home: undefined, place: '广东省深圳市南山区', agency: agencyOf('430102') };
    const given = answers(newcomer('向远来'), '13955590004', abroad);
    delete (given as { home?: unknown }).home;
    const far = await apply(person, 'enrolment', given);
    const agency = await stage.staff(agencyOf('430102'), 'clerk');
    expect((await use(agency, far, 'approve', verified)).body.status).toBe('entering');
    const [row] = await rows(`select c.unit_id as care, r.insured_at, r.managed_by, s.community_id from retirees r
      join care c on c.retiree_id = r.id join residences s on s.retiree_id = r.id where r.name = '向远来'`);
    expect(row).toEqual({
      care: agencyOf('430102'),
      insured_at: agencyOf('430102'),
      managed_by: 'district',
      community_id: null,
    });
  });
});

describe('a phone that the applicant did not prove', () => {
  test('binds nobody: they do it themselves afterwards, by name, number and that phone', async () => {
    const person = await stage.person('13955590005');
    const who = newcomer('柳新来');
    const number = await apply(person, 'enrolment', answers(who, '13955590006'));
    await use(clerk, number, 'approve', verified);
    expect((await person.get('/api/me')).body.people).toEqual([]);
    const owner = await stage.person('13955590006');
    expect((await owner.post('/api/me/bind', who)).status).toBe(200);
  });
});

describe('for a parent', () => {
  test('a daughter asks; once confirmed she may apply for him, and he is told at the number in the registry', async () => {
    const daughter = await stage.person('13955590007');
    const family = { whom: 'family', relation: 'child', acts: true };
    const number = await apply(daughter, 'enrolment', answers(newcomer('袁老来'), '13955590008', family));
    await use(clerk, number, 'approve', verified);
    expect((await daughter.get('/api/me')).body.people).toMatchObject([
      { name: '袁老来', relation: 'child', scope: 'apply' },
    ]);
    const told = await rows(`select template from messages m join retirees r on r.id = m.retiree_id
      where r.name = '袁老来' and template = 'bound-relative'`);
    expect(told).toHaveLength(1);
  });

  test('who does not wish to act is not linked', async () => {
    const son = await stage.person('13955590009');
    const family = { whom: 'family', relation: 'child', acts: false };
    const number = await apply(son, 'enrolment', answers(newcomer('袁再来'), '13955590010', family));
    await use(clerk, number, 'approve', verified);
    expect((await son.get('/api/me')).body.people).toEqual([]);
  });

  test('at the counter nobody is asked for whom, and nobody is bound', async () => {
    const who = newcomer('邹新来');
    const { whom, ...given } = answers(who, '13955590011');
    expect(whom).toBe('me');
    const number = await apply(clerk, 'enrolment', given);
    expect((await clerk.get(`/api/cases/${number}`)).body.capacity).toBe('counter');
    expect((await use(clerk, number, 'approve', verified)).body.status).toBe('entering');
    expect(await rows(`select 1 from links l join retirees r on r.id = l.retiree_id where r.name = '邹新来'`)).toEqual(
      [],
    );
  });
});

describe('two applications for one number', () => {
  test('at once are one case, whoever is quicker, and the second learns nothing of the first', async () => {
    const who = newcomer('苏新来');
    const [first, second] = [await stage.person('13955590012'), await stage.person('13955590013')];
    const numbers = await Promise.all([
      apply(first, 'enrolment', answers(who, '13955590012')),
      apply(second, 'enrolment', answers({ ...who, name: '苏新' }, '13955590013')),
    ]);
    expect(new Set(numbers).size).toBe(1);
    const number = numbers[0] ?? '';
    const events = (await clerk.get(`/api/cases/${number}`)).body.timeline;
    expect(events.map((event: { verb: string }) => event.verb)).toEqual(['open', 'join']);
    expect(JSON.stringify(events)).not.toContain('土家族');
    const seen = await Promise.all([first, second].map(async (one) => (await one.get(`/api/cases/${number}`)).body));
    // Who joined reads what they said themselves, and that it waits; the other's words and name are not theirs.
    const joined = seen.find(({ capacity }) => capacity === 'anyone');
    expect(joined.answers.find(({ key }: { key: string }) => key === 'person').shown).toMatch(/^苏新/);
    expect(joined).toMatchObject({ applicant: null, before: [], claimedBy: null });
    expect(seen.filter(({ capacity }) => capacity === 'self')).toHaveLength(1);
    // Nor does asking again tell them that something was done with it meanwhile.
    const later = seen.indexOf(joined) === 0 ? first : second;
    expect((await use(clerk, number, 'return', { missing: ['photo-unclear'], words: null })).body.status).toBe(
      'returned',
    );
    const [draft] = await rows(`
      select d.id, d.revision from drafts d join cases k on k.id = d.case_id
       where k.number = '${number}' and d.verb is null and d.id is distinct from k.draft_id`);
    const again = await later.post(`/api/drafts/${draft?.['id']}/submit`, { checked: draft?.['revision'] });
    expect(again).toMatchObject({ status: 200, body: { number, status: 'open', version: 1, joined: true } });
  });
});

describe('somebody in the registry already', () => {
  const [liu] = namedRetirees;
  const held = { name: liu?.name ?? '', idNumber: liu?.idNumber ?? '' };

  test('is never told to the applicant; the card says it to staff, and the database refuses a second record', async () => {
    const stranger = await stage.person('13955590014');
    const number = await apply(stranger, 'enrolment', answers(held, '13955590014'));
    const own = (await stranger.get(`/api/cases/${number}`)).body;
    expect(own).toMatchObject({ status: 'open', before: [], subject: { id: null } });
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card.before[0].shown).toBe('已经有了，由识字里社区服务');
    const refused = await use(clerk, number, 'approve', verified);
    expect(refused.body).toMatchObject({ code: 'already-registered', status: 409 });
    const rejected = await use(clerk, number, 'reject', { reason: 'already-registered', words: null });
    expect(rejected.body.status).toBe('rejected');
    expect((await stranger.get('/api/me')).body.people).toEqual([]);
  });

  test('of two decisions on one number the index lets one through', async () => {
    const who = newcomer('段新来');
    const other = await stage.person(RECEIVING_CLERK);
    const at = await apply(await stage.person('13955590015'), 'enrolment', answers(who, '13955590015'));
    // The first is withdrawn from view, so that the second is a case of its own.
    await rows(`update cases set one_key = null where number = '${at}'`);
    const there = { home: { ...home, communityId: '430111001001' } };
    const to = await apply(await stage.person('13955590016'), 'enrolment', answers(who, '13955590016', there));
    const decided = await Promise.all([use(clerk, at, 'approve', verified), use(other, to, 'approve', verified)]);
    expect(decided.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409']);
    expect(await rows(`select 1 from retirees where name = '段新来'`)).toHaveLength(1);
  });
});

test('a returned application is sent again under the name that it was corrected to', async () => {
  const person = await stage.person('13955590017');
  const who = newcomer('唐新莱');
  const number = await apply(person, 'enrolment', answers(who, '13955590017'));
  await use(clerk, number, 'return', { missing: ['papers-needed'], words: null });
  const again = await use(person, number, 'resubmit', { person: { ...who, name: '唐新来' } });
  expect(again.body.status).toBe('open');
  expect((await clerk.get(`/api/cases/${number}`)).body.subject.name).toBe('唐新来');
});

test('the 56 are offered, and nothing else is taken', async () => {
  const guide = (await stage.house.visit().get('/api/services/enrolment')).body;
  const question = guide.questions.find((one: { key: string }) => one.key === 'ethnicity');
  expect(question.choices.map((one: { value: string }) => one.value)).toEqual(ethnicities);
  expect(question.chat).toBe('page-only');
});
