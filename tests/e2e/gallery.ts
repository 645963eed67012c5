/** Every page that people can open, by what it shows: what each page must hold is held on each of these. */
import { namedNewcomer, namedRetirees } from '../../db/seed/demo/named.ts';
import { hold, inDays } from '../api/activities/hold.ts';
import { saying, use } from '../api/engine/stage.ts';
import { COMMUNITY, publish } from '../api/notices/press.ts';
import { SAMPLE } from '../api/policy/sample.ts';
import type { Browser } from '../tools/browser.ts';
import type { HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, DAUGHTER, newHome, OLD_CLERK } from '../tools/story.ts';

/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
/** 周国平, lead of the city. */
const CITY = '13800000041';

/** Pages that are there for anybody, whatever was done before. */
export const standing: ReadonlyMap<string, string> = new Map([
  ['home', '/'],
  ['moved', '/moved'],
  ['guide', '/s/relocation'],
  ['guide of a report', '/s/death-report'],
  ['guide with an estimate', '/s/survivor-benefits'],
  ['sent', '/sent/100000016?kind=death-report'],
  ['bind', '/bind'],
  ['bind by slip', '/bind/slip'],
  ['cases', '/c'],
  ['messages', '/messages'],
  ['notices', '/n'],
  ['a notice that is not there', '/n/019a0000-0000-7000-8000-000000000000'],
  ['ask', '/ask'],
  ['asked', '/ask?q=八十岁有什么慰问'],
  ['asked in vain', '/ask?q=今天天气怎么样'],
  ['documents', '/policy'],
  ['an article', '/basis/第十九条'],
  ['an article that is not there', '/basis/第九十九条'],
  ['my group', '/groups'],
  ['a group that is not there', '/groups/019a0000-0000-7000-8000-000000000000'],
  ['activities', '/a'],
  ['activities signed up for', '/a/mine'],
  ['an activity that is not there', '/a/019a0000-0000-7000-8000-000000000000'],
  ['help', '/help'],
  ['my data', '/me'],
  ['my devices', '/me/devices'],
  ['who looked', '/me/looks'],
  ['consents', '/me/consents'],
  ['export', '/me/export'],
  ['delete', '/me/delete'],
  ['opened by Telegram, spoilt', '/tg#tgWebAppData=none'],
  ['sign-in', '/in'],
  ['sign-in by link', '/in#0123456789abcdef'],
  ['question by link', '/q#0123456789abcdef'],
  ['nowhere', '/no/such/page'],
  ['a public notice that is over', '/p/100000000'],
]);

/** Pages about what was done before, which `hangGallery` does. */
export const drawn = [
  'notice',
  'document',
  'article of a document',
  'activity',
  'public notice',
  'family',
  'link',
  'end link',
  'asked case',
  'sheet',
  'question',
  'check',
  'discard',
  'stopped',
  'in danger',
  'month',
  'office',
  'long choice',
  'case',
  'confirmation',
  'withdraw',
] as const;

/** Forms about nobody known yet. */
export const aboutNobody: readonly string[] = ['month', 'office', 'long choice'];

/** Does what the drawn pages are about, as 周敏 for her mother. @returns every address by its name */
export async function hangGallery(house: HouseUnderTest): Promise<ReadonlyMap<string, string>> {
  const daughter = await house.signIn(DAUGHTER);
  const subjectId = (await daughter.get('/api/me')).body.people[0].id;
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  const number = await apply(daughter, 'relocation', answers, subjectId);
  const idNumber = namedRetirees.find(({ name }) => name === '刘淑兰')?.idNumber;
  const request = { me: '周敏', relation: 'child', scope: 'everything', until: 'year' };
  const asked = await apply(daughter, 'family-link', { who: { name: '刘淑兰', idNumber }, ...request });
  const link = (await daughter.get('/api/family')).body.helping[0].id;
  const begun = await daughter.post('/api/drafts', { kind: 'call-back', subjectId });
  const { id, next } = begun.body.draft;
  await daughter.put(`/api/drafts/${id}/answers`, { answers: { [next.key]: { value: DAUGHTER } } });
  const moving = await daughter.post('/api/drafts', { kind: 'address-change', subjectId });
  const ended = moving.body.draft.id;
  // A home in another community ends this form.
  await daughter.put(`/api/drafts/${ended}/answers`, { answers: { home: { value: newHome } } });
  const danger = (await daughter.post('/api/drafts', { kind: 'difficulty', subjectId })).body.draft.id;
  await daughter.put(`/api/drafts/${danger}/answers`, { answers: { danger: { value: 'lost' } } });
  const asking = await enrolling(daughter);
  const document = await regulation(house);
  const addresses: Record<(typeof drawn)[number], string> = {
    notice: `/n/${await published(house)}`,
    document: `/policy/${document}`,
    'article of a document': `/policy/${document}/第二条`,
    activity: `/a/${await held(house)}`,
    'public notice': `/p/${await putOnNotice(house, daughter, subjectId)}`,
    family: '/family',
    link: `/family/${link}`,
    'end link': `/family/${link}/end`,
    'asked case': `/c/${asked}`,
    sheet: `/c/${asked}/sheet/consent`,
    question: `/d/${id}/${next.key}`,
    check: `/d/${id}/check`,
    discard: `/d/${id}/discard`,
    stopped: `/d/${ended}/stopped`,
    'in danger': `/d/${danger}/stopped`,
    month: `/d/${asking}/retiredOn`,
    office: `/d/${asking}/agency`,
    'long choice': `/d/${asking}/ethnicity`,
    case: `/c/${number}`,
    confirmation: `/c/${number}?new`,
    withdraw: `/c/${number}/withdraw`,
  };
  return new Map([...standing, ...Object.entries(addresses)]);
}

/** A form about somebody whom no registry knows. */
async function enrolling(daughter: Browser): Promise<string> {
  const asking = (await daughter.post('/api/drafts', { kind: 'enrolment' })).body.draft.id;
  const person = { name: namedNewcomer.name, idNumber: namedNewcomer.idNumber };
  const far = {
    pension: 'enterprise',
    whom: 'me',
    person,
    retiredOn: '2026-09',
    employerKind: 'self-employed',
    agency: null,
  };
  await daughter.put(`/api/drafts/${asking}/answers`, { answers: saying(far) });
  return asking;
}

/** A hardship grant that everybody may object to. */
async function putOnNotice(house: HouseUnderTest, daughter: Browser, subjectId: string): Promise<string> {
  const claim = { situation: 'noFamily', cause: 'event', difficult: true, what: '难处', phone: DAUGHTER, papers: null };
  const number = await apply(daughter, 'hardship', claim, subjectId);
  const found = { visited: '2026-01-05', special: true, caused: true, poor: true, finding: '属实' };
  await use(await house.signIn(OLD_CLERK), number, 'approve', found);
  const lead = await house.signIn(STREET_LEAD);
  const budget = { unit: '430102001', year: new Date().getFullYear(), kind: 'hardship', fen: 100_000 };
  await lead.post('/api/care/budgets', budget);
  await use(lead, number, 'approve', { amount: '800' });
  return number;
}

/** A regulation as the city brings it in. */
async function regulation(house: HouseUnderTest): Promise<string> {
  const city = await house.signIn(CITY);
  const { title, number, issuer, issuedOn, ...read } = (await city.post('/api/staff/policy/preview', { text: SAMPLE }))
    .body;
  const { inForceFrom, inForceUntil, parts } = read;
  const document = { title, number, issuer, issuedOn, inForceFrom, inForceUntil, parts };
  return (await city.post('/api/staff/policy', document)).body.id;
}

/** A notice with everything that one can have. */
async function published(house: HouseUnderTest): Promise<string> {
  const [clerk, second] = [await house.signIn(OLD_CLERK), await house.signIn(STREET_LEAD)];
  return publish(clerk, second, COMMUNITY, { pinned: true, inForceFrom: '2026-01-01', inForceUntil: '2099-12-31' });
}

/** An activity with everything that one can have. */
async function held(house: HouseUnderTest): Promise<string> {
  const map = 'https://uri.amap.com/marker?position=113,28';
  return hold(await house.signIn(OLD_CLERK), { ...inDays(5), mapUrl: map, companions: true, costFen: 500 });
}
