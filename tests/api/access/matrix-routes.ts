/** Who may use which route: the expectation that the matrix test holds every route of the running app against. */

/** Stranger: signed in, linked to nobody. Looker: a relative who may only look. Above: a post at the street over the unit. */
export const roles = ['guest', 'stranger', 'self', 'relative', 'looker', 'clerk', 'otherClerk', 'above'] as const;
export type Role = (typeof roles)[number];

/** What a call needs of the story: a case of 刘淑兰 that 梓园社区 must decide, a draft and a picture of hers. */
export interface Story {
  number: string;
  draft: string;
  file: string;
  retiree: string;
}

export interface Expectation {
  /** The roles that are let through; all others are refused with 401, 403 or 404. */
  may: readonly Role[];
  path?: (story: Story) => string;
  body?: (story: Story) => unknown;
}

const everybody = roles;
const signedIn = roles.filter((role) => role !== 'guest');
const staff = ['clerk', 'otherClerk', 'above'] as const;
/** Those who see the case: the parties, the unit that decides, the units above it. */
const seers = ['self', 'relative', 'looker', 'clerk', 'above'] as const;
const owner = ['self'] as const;
/** Well aimed but for an answer that nobody asked for: whoever is let through is told so, and nothing changes. */
const HARMLESS = { version: 1, answers: { nonsense: { value: 1 } } };

const draft = (rest = '') => ({ path: (story: Story) => `/api/drafts/${story.draft}${rest}`, may: owner });
const verb = (name: string, may: readonly Role[]): [string, Expectation] => [
  `POST /api/cases/:number/:verb ${name}`,
  { may, path: ({ number }) => `/api/cases/${number}/${name}`, body: () => HARMLESS },
];

export const expectations: Record<string, Expectation> = {
  'POST /api/sign-in/code': { may: everybody, body: () => ({ phone: 'no phone' }) },
  'POST /api/sign-in': { may: everybody, body: () => ({ phone: 'no phone', code: '1' }) },
  'POST /api/sign-in/link': { may: [] },
  'POST /api/sign-in/link/claim': { may: everybody, body: () => ({ token: 'none' }) },
  'POST /api/sign-in/link/finish': { may: everybody, body: () => ({ token: 'none' }) },
  'POST /api/chat/confirm-sign-in': {
    may: [],
    body: () => ({ ticket: '01a2094b-7791-75a0-bc65-cda878117d56', yes: true }),
  },
  'POST /api/chat/contact': { may: [], body: () => ({ phone: '13900000000', own: true }) },
  'GET /api/chat/draft': { may: everybody },
  'PUT /api/chat/draft': { may: everybody, body: () => ({ id: null }) },
  'POST /api/sign-out': { may: everybody },
  'GET /api/me': { may: everybody },
  'PUT /api/me/locale': { may: signedIn, body: () => ({ locale: 'zh-CN' }) },
  'POST /api/me/bind': { may: signedIn, body: () => ({ name: '某人', idNumber: 'none' }) },
  // The clerk in whose care she is, not the one who only decides her case.
  'POST /api/bindings': {
    may: ['otherClerk'],
    body: ({ retiree }) => ({ retireeId: retiree, phone: 'no phone', relation: 'child' }),
  },
  'GET /api/colleagues': { may: ['clerk'], path: () => '/api/colleagues?unit=430111001001' },
  'GET /api/services': { may: everybody },
  'GET /api/services/:kind': { may: everybody, path: () => '/api/services/relocation' },
  'GET /api/units': { may: everybody },
  'GET /api/units/search': { may: everybody, path: () => '/api/units/search?words=ziyuan' },
  'GET /api/units/:id': { may: everybody, path: () => '/api/units/4301' },
  'POST /api/retirees/search': { may: staff, body: () => ({ words: 'liu' }) },
  'GET /api/notices': { may: signedIn },
  'GET /api/drafts': { may: signedIn },
  'POST /api/drafts': {
    may: ['self', 'relative', ...staff],
    body: ({ retiree }) => ({ kind: 'relocation', subjectId: retiree }),
  },
  'GET /api/drafts/:id': draft(),
  'GET /api/drafts/:id/questions/:key': draft('/questions/phone'),
  'PUT /api/drafts/:id/answers': { ...draft('/answers'), body: () => ({ answers: {} }) },
  'POST /api/drafts/:id/files/:key': { ...draft('/files/proof'), body: () => new Uint8Array([1]) },
  'POST /api/drafts/:id/submit': { ...draft('/submit'), body: () => ({ checked: 999 }) },
  'POST /api/drafts/:id/links/:key': draft('/links/phone'),
  'DELETE /api/drafts/:id': { ...draft(), may: owner },
  'GET /api/files/:id': { may: owner, path: ({ file }) => `/api/files/${file}` },
  'POST /api/question-links/open': { may: everybody, body: () => ({ token: 'none' }) },
  'POST /api/question-links/files': { may: everybody, body: () => new Uint8Array([1]) },
  'PUT /api/question-links/answer': { may: everybody, body: () => ({ value: 1 }) },
  'GET /api/cases': { may: signedIn },
  'GET /api/cases/:number': { may: seers, path: ({ number }) => `/api/cases/${number}` },
  'POST /api/cases/:number/drafts': {
    may: ['clerk'],
    path: ({ number }) => `/api/cases/${number}/drafts`,
    body: () => ({ verb: 'return' }),
  },
  'GET /api/benefits/estimate': { may: everybody, path: () => '/api/benefits/estimate?died=2026-01-01' },
  'GET /api/benefits/estimate/:number': { may: [], path: ({ number }) => `/api/benefits/estimate/${number}` },
  'GET /api/benefits/bases': { may: everybody },
  // The city's agency only.
  'POST /api/benefits/bases': { may: [], body: () => ({ year: 1, yuan: 1, source: '' }) },
  // Everybody reads what is on public notice; a case that is not on notice is not there for anybody.
  'GET /api/public-notices': { may: everybody, path: () => '/api/public-notices?unit=430111001001' },
  'GET /api/public-notices/:number': { may: [], path: ({ number }) => `/api/public-notices/${number}` },
  'GET /api/pending': { may: staff },
  'GET /api/pending/counts': { may: staff },
  ...Object.fromEntries([
    verb('approve', ['clerk']),
    verb('return', ['clerk']),
    verb('reject', ['clerk']),
    verb('forward', ['clerk']),
    verb('object', []),
    verb('expire', []),
    verb('claim', ['clerk']),
    verb('assign', ['clerk']),
    verb('hand-back', ['clerk']),
    verb('add', ['self', 'relative']),
    verb('withdraw', ['self', 'relative']),
    verb('resubmit', ['self', 'relative']),
    verb('remind', ['self', 'relative']),
    verb('rate', ['self', 'relative']),
    verb('undo', []),
  ]),
};
