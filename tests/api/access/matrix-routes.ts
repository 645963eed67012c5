/**
 * Who may use which route: what the matrix test holds every route of the running app against. One entry a route; the roles stand
 * in `matrix-cast.ts`.
 */
import { roles, type Role } from './matrix-cast.ts';

/** What a call needs of the story: a case of 刘淑兰 that 梓园社区 must decide, a draft and a picture of hers. */
export interface Story {
  number: string;
  draft: string;
  file: string;
  retiree: string;
  /** A post at the unit, and an open invitation to it. */
  post: string;
  invite: string;
  /** The relative's link to her. */
  link: string;
}

export interface Expectation {
  /** The roles that are let through; all others are refused with 401, 403 or 404. */
  may: readonly Role[];
  path?: (story: Story) => string;
  body?: (story: Story) => unknown;
  /** Puts back what a call did, so that the next role finds it as it was. */
  restore?: (story: Story) => string;
}

const everybody = roles;
const signedIn = roles.filter((role) => role !== 'guest');
const staff = ['clerk', 'otherClerk', 'above', 'aboveCare', 'elsewhere'] as const;
/** Those who see the case: the parties, the unit that decides, the units above it. */
const seers = ['self', 'relative', 'looker', 'clerk', 'above'] as const;
const owner = ['self'] as const;
/** An id that nothing has. */
const NOBODYS = '019a0000-0000-7000-8000-000000000000';
const UNIT = '430111001001';
const NO_DOCUMENT = { number: '1', title: '1', issuer: '1', issuedOn: null, inForceFrom: null, inForceUntil: null };
/** Days that nobody may change any more. */
const LONG_AGO = { first: '2020-01-01', last: '2020-01-01', kind: 'holiday', name: '元旦' };
/** Well aimed but for an answer that nobody asked for: whoever is let through is told so, and nothing changes. */
const HARMLESS = { version: 1, answers: { nonsense: { value: 1 } } };

const draft = (rest = '') => ({ path: (story: Story) => `/api/drafts/${story.draft}${rest}`, may: owner });
const verb = (name: string, may: readonly Role[]): [string, Expectation] => [
  `POST /api/cases/:number/:verb ${name}`,
  { may, path: ({ number }) => `/api/cases/${number}/${name}`, body: () => HARMLESS },
];

const ofPost = (act: string, body: object): [string, Expectation] => [
  `POST /api/staff/:id/${act}`,
  {
    may: ['lead', 'leadAbove'],
    path: ({ post }) => `/api/staff/${post}/${act}`,
    body: () => ({ why: '试一试', ...body }),
    restore: ({ post }) => `update posts set ended_at = null, suspended_at = null where id = '${post}'`,
  },
];
const code = () => ({ code: '000000' });

/** Care payments: the unit's own staff and those above; lists and payments that nobody has are there for nobody. */
function careRoutes(): Record<string, Expectation> {
  const none = '01a2094b-7791-75a0-bc65-cda878117d56';
  const query = 'unit=430111001001&year=2026';
  const unit = '430111001001';
  const readers = ['clerk', 'above'] as const;
  const list = (rest = '') => ({ may: [], path: () => `/api/care/batches/${none}${rest}` });
  const ofRetiree = (rest: string) => ({ path: ({ retiree }: Story) => `/api/care/retirees/${retiree}/${rest}` });
  return {
    'GET /api/care/budgets': { may: readers, path: () => `/api/care/budgets?${query}` },
    'POST /api/care/budgets': {
      may: ['lead'],
      body: () => ({ unit, year: 2026, kind: 'festival', fen: 0 }),
    },
    'GET /api/care/batches': { may: readers, path: () => `/api/care/batches?${query}` },
    'POST /api/care/batches': {
      may: ['clerk'],
      body: () => ({ unit, occasion: { kind: 'birthday', occasion: '01' }, form: 'money', fen: 1 }),
    },
    'GET /api/care/batches/:id': list(),
    'PUT /api/care/batches/:id': { ...list(), body: () => ({ version: 1, rows: [] }) },
    'POST /api/care/batches/:id/drop': { ...list('/drop'), body: () => ({ version: 1 }) },
    'POST /api/care/batches/:id/approve': { ...list('/approve'), body: () => ({ version: 1 }) },
    'POST /api/care/batches/:id/sheets': { ...list('/sheets'), body: () => new Uint8Array([1]) },
    'POST /api/care/batches/:id/pay': {
      ...list('/pay'),
      body: () => ({ people: [none], paidOn: '2026-11-01', second: '王芳' }),
    },
    'GET /api/care/sheets/:id': { may: [], path: () => `/api/care/sheets/${none}` },
    'POST /api/care/payments/:id/release': {
      may: [],
      path: () => `/api/care/payments/${none}/release`,
      body: () => ({ reason: '没有找到人' }),
    },
    'POST /api/care/payments/:id/reverse': {
      may: [],
      path: () => `/api/care/payments/${none}/reverse`,
      body: () => ({ reason: '发错了人' }),
    },
    'GET /api/care/ledger': { may: readers, path: () => `/api/care/ledger?${query}` },
    'GET /api/care/ledger.xlsx': { may: readers, path: () => `/api/care/ledger.xlsx?${query}` },
    // Whoever visits her, and whoever decides her case now.
    'GET /api/care/retirees/:id/given': { may: ['clerk', 'otherClerk', 'nextAboveCare'], ...ofRetiree('given') },
    'POST /api/care/retirees/:id/flags': { may: ['otherClerk', 'nextAboveCare'], ...ofRetiree('flags') },
    'PUT /api/care/retirees/:id/flags': {
      may: ['otherClerk', 'nextAboveCare'],
      ...ofRetiree('flags'),
      body: () => ({ flags: [], version: 99 }),
    },
  };
}

/** The unit's own staff and those above it. */
function figureRoutes(): Record<string, Expectation> {
  const may = ['clerk', 'above'] as const;
  return {
    'GET /api/figures': { may, path: () => `/api/figures?unit=${UNIT}` },
    'GET /api/figures/cases': { may, path: () => `/api/figures/cases?unit=${UNIT}&what=received` },
    'GET /api/figures.xlsx': { may, path: () => `/api/figures.xlsx?unit=${UNIT}` },
  };
}

/** Phone, hours and usual reasons: staff of the unit and above read, leads change. What is sent changes nothing. */
function settingRoutes(): Record<string, Expectation> {
  const readers = ['clerk', 'above'] as const;
  const leads = ['lead', 'leadAbove'] as const;
  const body = () => ({ unit: UNIT, version: 0, phone: null, hours: null });
  const route = '/api/staff/settings';
  const someWords = {
    kind: 'relocation',
    template: 'withdrawn',
    locale: 'zh-CN',
    words: '{{name}} {{service}} {{number}}',
  };
  return {
    [`GET ${route}/unit`]: { may: readers, path: () => `${route}/unit?unit=${UNIT}` },
    [`PUT ${route}/unit`]: { may: leads, body },
    [`POST ${route}/unit/preview`]: { may: leads, body },
    [`GET ${route}/reasons`]: { may: readers, path: () => `${route}/reasons?unit=${UNIT}` },
    [`PUT ${route}/reasons`]: {
      may: leads,
      body: () => ({ unit: UNIT, kind: 'relocation', verb: 'return', version: 99, own: [] }),
    },
    [`GET ${route}/words`]: { may: ['leadCity'] },
    [`PUT ${route}/words`]: { may: ['leadCity'], body: () => ({ ...someWords, version: 99 }) },
    [`POST ${route}/words/preview`]: { may: ['leadCity'], body: () => someWords },
    [`GET ${route}/history`]: { may: readers, path: () => `${route}/history?unit=${UNIT}&what=unit` },
  };
}

/** Notices: one that nobody has is there for nobody; whose it would be is tried in `tests/api/notices`. */
function noticeRoutes(): Record<string, Expectation> {
  const one = (rest: string, body?: object) => ({
    may: [],
    path: () => `/api/staff/notices/${NOBODYS}${rest}`,
    ...(body && { body: () => body }),
  });
  const writing = {
    version: 1,
    category: 'other',
    title: '',
    summary: '',
    text: '',
    files: [],
    inForceFrom: null,
    inForceUntil: null,
    pinned: false,
    audience: { ageFrom: null, ageTo: null, employerKinds: null, flags: null },
    change: '',
  };
  const act = (name: string): [string, Expectation] => [
    `POST /api/staff/notices/:id/${name}`,
    one(`/${name}`, { version: 1, why: '不要了' }),
  ];
  return {
    'GET /api/notices': { may: everybody },
    'GET /api/notices/feed.xml': { may: everybody, path: () => `/api/notices/feed.xml?unit=${UNIT}` },
    'GET /api/notices/files/:id': { may: [], path: () => `/api/notices/files/${NOBODYS}` },
    'GET /api/notices/pictures/:id': { may: [], path: () => `/api/notices/pictures/${NOBODYS}` },
    'GET /api/notices/:id': { may: [], path: () => `/api/notices/${NOBODYS}` },
    'POST /api/notices/:id/read': { may: [], path: () => `/api/notices/${NOBODYS}/read` },
    'GET /api/staff/notices': { may: ['clerk', 'above'], path: () => `/api/staff/notices?unit=${UNIT}` },
    'POST /api/staff/notices': {
      may: ['clerk'],
      body: () => ({ unit: UNIT }),
      restore: () => `delete from notices where state = 'new'`,
    },
    'POST /api/staff/notices/paste': { may: staff, body: () => new TextEncoder().encode('<p>通知</p>') },
    'POST /api/staff/notices/preview': { may: staff, body: () => ({ text: '通知' }) },
    'GET /api/staff/notices/:id': one(''),
    'PUT /api/staff/notices/:id': one('', writing),
    'POST /api/staff/notices/:id/files/:kind': { ...one('/files/picture'), body: () => new Uint8Array([1]) },
    ...Object.fromEntries(['submit', 'take-back', 'approve', 'correct', 'drop', 'withdraw'].map(act)),
    'GET /api/staff/notices/:id/reach': one(`/reach?unit=${UNIT}`),
    'POST /api/staff/notices/:id/untold': one('/untold', { unit: UNIT }),
  };
}

/** Self-help groups: the community's own staff; one that nobody has is there for nobody. Whose it would be is tried in `tests/api/groups`. */
function groupRoutes(): Record<string, Expectation> {
  const one = (rest: string, body?: object) => ({
    may: [],
    path: () => `/api/staff/groups/${NOBODYS}${rest}`,
    ...(body && { body: () => body }),
  });
  const proposal = (act = ''): [string, Expectation] => [
    act ? `POST /api/staff/groups/proposals/:id/${act}` : 'GET /api/staff/groups/proposals/:id',
    {
      may: [],
      path: () => `/api/staff/groups/proposals/${NOBODYS}${act && `/${act}`}`,
      ...(act && { body: () => ({ version: 1, people: [NOBODYS], slot: 1 }) }),
    },
  ];
  const choice = { retireeId: NOBODYS, term: '2027-12-31', agreed: true };
  return {
    'GET /api/groups/mine': {
      may: ['self', 'relative', 'looker', 'otherClerk', 'aboveCare'],
      path: ({ retiree }) => `/api/groups/mine?retiree=${retiree}`,
    },
    'GET /api/groups/:id/month': { may: [], path: () => `/api/groups/${NOBODYS}/month?month=2026-09` },
    'GET /api/groups/:id/notices': { may: [], path: () => `/api/groups/${NOBODYS}/notices` },
    'DELETE /api/groups/:id/room': { may: [], path: () => `/api/groups/${NOBODYS}/room` },
    // A browser speaks for no chat.
    'POST /api/chat/rooms/heard': { may: [], body: () => ({ room: '-1' }) },
    'POST /api/chat/rooms/link': { may: [], body: () => ({ room: '-1' }) },
    'POST /api/chat/rooms/unlink': { may: [], body: () => ({ room: '-1' }) },
    'POST /api/chat/rooms/read': { may: [], body: () => ({ room: '-1', topic: 'notices' }) },
    'POST /api/chat/rooms/gone': { may: [], body: () => ({ room: '-1', to: null }) },
    'GET /api/volunteering': { may: owner, path: ({ retiree }) => `/api/volunteering?retiree=${retiree}` },
    'PUT /api/volunteering': { may: owner, body: ({ retiree }) => ({ retiree, interests: [] }) },
    'GET /api/staff/volunteers': { may: ['clerk'], path: () => `/api/staff/volunteers?unit=${UNIT}` },
    // Nobody there offers to help.
    'POST /api/staff/volunteers/teams': { may: [], body: () => ({ unit: UNIT, name: '爱心队', people: [NOBODYS] }) },
    'POST /api/staff/volunteers/teams/:id/join': {
      may: [],
      path: () => `/api/staff/volunteers/teams/${NOBODYS}/join`,
      body: () => ({ people: [NOBODYS] }),
    },
    'GET /api/staff/retirees/:id/volunteering': {
      may: ['otherClerk'],
      path: ({ retiree }) => `/api/staff/retirees/${retiree}/volunteering`,
    },
    'PUT /api/staff/retirees/:id/volunteering': {
      may: ['otherClerk'],
      path: ({ retiree }) => `/api/staff/retirees/${retiree}/volunteering`,
      body: () => ({ interests: [], agreed: false }),
    },
    'POST /api/staff/volunteers/teams/:id/leave': {
      may: [],
      path: () => `/api/staff/volunteers/teams/${NOBODYS}/leave`,
      body: () => ({ people: [] }),
    },
    'POST /api/groups/:id/doings': {
      may: [],
      path: () => `/api/groups/${NOBODYS}/doings`,
      body: () => ({ kind: 'visit', day: '2026-09-01', people: 1, words: '' }),
    },
    'DELETE /api/groups/:id/doings/:doing': { may: [], path: () => `/api/groups/${NOBODYS}/doings/${NOBODYS}` },
    'GET /api/staff/groups': { may: ['clerk', 'above'], path: () => `/api/staff/groups?unit=${UNIT}` },
    'POST /api/staff/groups/proposals': {
      may: ['clerk'],
      body: () => ({ unit: UNIT }),
      restore: () => 'delete from group_proposals',
    },
    ...Object.fromEntries(['', 'move', 'add', 'confirm', 'drop'].map(proposal)),
    'GET /api/staff/groups/:id': one(''),
    'PUT /api/staff/groups/:id/name': one('/name', { name: '梓园组' }),
    'PUT /api/staff/groups/:id/offices/:office': one('/offices/leader', choice),
    'DELETE /api/staff/groups/:id/offices/:office': one('/offices/leader'),
  };
}

/** Activities: one that nobody holds is there for nobody; who may do what with one is tried in `tests/api/activities`. */
function activityRoutes(): Record<string, Expectation> {
  const one = (rest = '', body?: (story: Story) => unknown) => ({
    may: [],
    path: () => `/api/activities/${NOBODYS}${rest}`,
    ...(body && { body }),
  });
  const ofStaff = (rest = '', body?: object) => ({
    may: [],
    path: () => `/api/staff/activities/${NOBODYS}${rest}`,
    ...(body && { body: () => body }),
  });
  const own = (act: string) => ({ may: [], path: () => `/api/sign-ups/${NOBODYS}/${act}` });
  const writing = {
    kind: 'other',
    title: '试一试',
    details: '',
    startsAt: '2098-01-01T09:00:00+08:00',
    endsAt: '2098-01-01T10:00:00+08:00',
    place: '社区',
    mapUrl: null,
    directions: '',
    seats: 1,
    opensAt: '2097-01-01T09:00:00+08:00',
    closesAt: '2097-12-01T09:00:00+08:00',
    bring: '',
    walking: 'easy',
    companions: false,
    contactName: '李娟',
    contactPhone: '0731-84000000',
  };
  const check = { signUp: NOBODYS, present: true, at: '2026-11-01T09:00:00+08:00' };
  return {
    'GET /api/activities': { may: everybody },
    'GET /api/activities/mine': { may: signedIn },
    'GET /api/activities/:id': one(),
    'GET /api/activities/:id/calendar.ics': one('/calendar.ics'),
    'POST /api/activities/:id/sign-ups': one('/sign-ups', ({ retiree }) => ({ retireeId: retiree })),
    'POST /api/sign-ups/:id/cancel': own('cancel'),
    'POST /api/sign-ups/:id/confirm': own('confirm'),
    'PUT /api/sign-ups/:id/wish': { ...own('wish'), body: () => ({ company: true }) },
    'POST /api/sign-ups/:id/rating': { ...own('rating'), body: () => ({ stars: 5 }) },
    'POST /api/sign-ups/:id/rating/words': { ...own('rating/words'), body: () => ({ words: '好' }) },
    'GET /api/staff/activities': { may: ['clerk', 'above'], path: () => `/api/staff/activities?unit=${UNIT}` },
    'GET /api/staff/activities/audience': {
      may: ['clerk'],
      path: () => `/api/staff/activities/audience?unit=${UNIT}`,
    },
    'POST /api/staff/activities': {
      may: ['clerk'],
      body: () => ({ ...writing, unit: UNIT }),
      restore: () => `delete from activities where unit_id = '${UNIT}'`,
    },
    'GET /api/staff/activities/duty': {
      may: ['clerk', 'above'],
      path: () => `/api/staff/activities/duty?unit=${UNIT}`,
    },
    'GET /api/staff/activities/:id': ofStaff(),
    'PUT /api/staff/activities/:id': ofStaff('', { ...writing, version: 1 }),
    'GET /api/activities/photos/:id': { may: [], path: () => `/api/activities/photos/${NOBODYS}` },
    'POST /api/activities/photos/:id/take-down': { may: [], path: () => `/api/activities/photos/${NOBODYS}/take-down` },
    'POST /api/staff/activities/:id/photos': { ...ofStaff('/photos?agreed=yes'), body: () => new Uint8Array([1]) },
    'GET /api/staff/activities/:id/ledger': ofStaff('/ledger'),
    'GET /api/staff/activities/:id/ledger.xlsx': ofStaff('/ledger.xlsx'),
    'POST /api/staff/activities/:id/sign-ups': ofStaff('/sign-ups', { retireeId: NOBODYS }),
    'GET /api/staff/retirees/:id/activities': {
      may: ['otherClerk', 'aboveCare'],
      path: ({ retiree }) => `/api/staff/retirees/${retiree}/activities`,
    },
    'POST /api/staff/activities/:id/call-off': ofStaff('/call-off', { version: 1, why: '下雨' }),
    'GET /api/staff/activities/:id/people': ofStaff('/people'),
    'POST /api/staff/activities/:id/check-ins': ofStaff('/check-ins', { checks: [check] }),
  };
}

export const expectations: Record<string, Expectation> = {
  'GET /healthz': { may: everybody },
  'GET /readyz': { may: everybody },
  'GET /openapi.json': { may: everybody },
  // Telegram alone knows the secret.
  'POST /telegram/webhook': { may: [], body: () => ({ update_id: 1 }) },
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
  'POST /api/sign-in/mini-app': { may: [], body: () => ({ initData: 'none' }) },
  'GET /api/me/sessions': { may: signedIn },
  'DELETE /api/me/sessions/:id': { may: signedIn, path: () => `/api/me/sessions/${NOBODYS}` },
  'POST /api/me/sessions/end': { may: signedIn, body: () => ({ which: 'others' }) },
  'DELETE /api/me/ways/:id': { may: signedIn, path: () => `/api/me/ways/${NOBODYS}` },
  'GET /api/me/consents': { may: signedIn },
  'PUT /api/me/consents/:purpose': {
    may: signedIn,
    path: () => '/api/me/consents/photos',
    body: () => ({ agreed: false }),
  },
  'GET /api/me/data': { may: signedIn },
  'GET /api/me/lookups': { may: signedIn },
  'POST /api/me/codes': { may: signedIn, body: () => ({ purpose: 'export' }) },
  'POST /api/me/export': { may: signedIn, body: () => ({ code: 'none' }) },
  'GET /api/me/closing': { may: signedIn },
  'POST /api/me/close': { may: signedIn, body: () => ({ code: 'none', cases: [] }) },
  // In whose care she is; it signs her out, so it comes last.
  'POST /api/retirees/:id/lost-phone': {
    may: ['otherClerk', 'aboveCare'],
    path: ({ retiree }) => `/api/retirees/${retiree}/lost-phone`,
    body: () => ({}),
  },
  'GET /api/family': { may: signedIn },
  'GET /api/retirees/:id/links': {
    may: ['otherClerk', 'aboveCare'],
    path: ({ retiree }) => `/api/retirees/${retiree}/links`,
  },
  // The link of the relative: hers to give back, her mother's to take back, the clerk's in whose care her mother is.
  'POST /api/links/:id/end': {
    may: ['self', 'holder', 'otherClerk', 'aboveCare'],
    path: ({ link }) => `/api/links/${link}/end`,
    body: () => ({}),
    restore: ({ link }) => `update links set revoked_at = null where id = '${link}'`,
  },
  'POST /api/links/:id/narrow': {
    may: ['self'],
    path: ({ link }) => `/api/links/${link}/narrow`,
    body: () => ({ scope: 'everything' }),
  },
  // The clerk in whose care she is, not the one who only decides her case.
  // Those in whose care she is, not those who only decide her case.
  'POST /api/bindings': {
    may: ['otherClerk', 'aboveCare'],
    body: ({ retiree }) => ({ retireeId: retiree, phone: 'no phone', relation: 'child' }),
  },
  'GET /api/second-factor': { may: ['proven'] },
  'POST /api/second-factor/begin': { may: ['unproven'] },
  'POST /api/second-factor/confirm': { may: ['unproven'], body: code },
  'POST /api/second-factor/give': { may: [], body: code },
  'POST /api/second-factor/codes': { may: ['proven'], body: code },
  'POST /api/second-factor/replace': { may: ['proven'], body: code },
  'POST /api/second-factor/chat-link': { may: [] },
  'POST /api/second-factor/chat': { may: everybody, body: () => ({ token: 'none', code: '000000' }) },
  'GET /api/staff': { may: ['lead', 'leadAbove'], path: () => `/api/staff?unit=${UNIT}` },
  'GET /api/staff/responsible': { may: ['lead', 'leadAbove'], path: () => `/api/staff/responsible?unit=${UNIT}` },
  'GET /api/staff/units': { may: ['someLead'] },
  'GET /api/staff/history': { may: ['lead', 'leadAbove'], path: () => `/api/staff/history?unit=${UNIT}` },
  'GET /api/staff/invites': { may: ['lead', 'leadAbove'], path: () => `/api/staff/invites?unit=${UNIT}` },
  'POST /api/staff/invites': {
    may: ['lead', 'leadAbove'],
    body: () => ({ unitId: UNIT, role: 'clerk', name: '某人' }),
  },
  'DELETE /api/staff/invites/:id': {
    may: ['lead', 'leadAbove'],
    path: ({ invite }) => `/api/staff/invites/${invite}`,
    restore: ({ invite }) => `update invites set revoked_at = null where id = '${invite}'`,
  },
  'POST /api/staff/invites/open': { may: everybody, body: () => ({ token: 'none' }) },
  'POST /api/staff/invites/join': { may: signedIn, body: () => ({ token: 'none' }) },
  ...Object.fromEntries([
    ofPost('move', { unitId: UNIT, role: 'clerk' }),
    ofPost('suspend', {}),
    ofPost('resume', {}),
    ofPost('reset-factor', {}),
    ofPost('responsible', {}),
    ofPost('remove', {}),
  ]),
  // In whose care she is, and who must decide about her; not the unit above, which only oversees.
  'POST /api/retirees/:id/unmask': {
    may: ['clerk', 'otherClerk'],
    path: ({ retiree }) => `/api/retirees/${retiree}/unmask`,
    body: () => ({ what: 'phone', why: 'other' }),
  },
  'POST /api/slips': {
    may: ['otherClerk', 'aboveCare'],
    body: ({ retiree }) => ({ retireeId: retiree, relation: 'child' }),
  },
  'GET /api/slips': { may: ['otherClerk', 'aboveCare'], path: ({ retiree }) => `/api/slips?retiree=${retiree}` },
  // Nobody's: whoever could cancel it is told no more than a stranger.
  'DELETE /api/slips/:id': { may: [], path: () => '/api/slips/01a2094b-7791-75a0-bc65-cda878117d56' },
  'POST /api/slips/use': { may: signedIn, body: () => ({ code: '1' }) },
  'GET /api/colleagues': { may: ['clerk'], path: () => '/api/colleagues?unit=430111001001' },
  'GET /api/services': { may: everybody },
  'GET /api/services/:kind': { may: everybody, path: () => '/api/services/relocation' },
  'GET /api/units': { may: everybody },
  'GET /api/units/search': { may: everybody, path: () => '/api/units/search?words=ziyuan' },
  'GET /api/units/agencies': { may: everybody },
  'GET /api/units/:id': { may: everybody, path: () => '/api/units/4301' },
  'POST /api/retirees/search': { may: staff, body: () => ({ words: 'liu' }) },
  'GET /api/messages': { may: signedIn },
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
  // A move prints nothing: the sheet is not there for anybody.
  'GET /api/cases/:number/sheets/:sheet': { may: [], path: ({ number }) => `/api/cases/${number}/sheets/consent` },
  'POST /api/cases/:number/drafts': {
    may: ['clerk'],
    path: ({ number }) => `/api/cases/${number}/drafts`,
    body: () => ({ verb: 'return' }),
  },
  'POST /api/cases/:number/remarks': {
    may: ['clerk', 'above'],
    path: ({ number }) => `/api/cases/${number}/remarks`,
    body: () => ({ words: '试一试' }),
  },
  'GET /api/benefits/estimate': { may: everybody, path: () => '/api/benefits/estimate?died=2026-01-01' },
  'GET /api/benefits/estimate/:number': { may: [], path: ({ number }) => `/api/benefits/estimate/${number}` },
  'GET /api/benefits/bases': { may: everybody },
  'POST /api/benefits/bases': { may: ['agencyCity'], body: () => ({ year: 1, yuan: 1, source: '' }) },
  // Everybody reads what is on public notice; a case that is not on notice is not there for anybody.
  'GET /api/public-notices': { may: everybody, path: () => '/api/public-notices?unit=430111001001' },
  'GET /api/public-notices/:number': { may: [], path: ({ number }) => `/api/public-notices/${number}` },
  'GET /api/retention': { may: ['leadCity'] },
  'GET /api/staff/leaves': { may: staff },
  // One's own post, and a lead for the unit's: the one of the story is nobody's of the cast.
  'PUT /api/staff/leaves/:id': {
    may: ['lead'],
    path: ({ post }) => `/api/staff/leaves/${post}`,
    body: () => ({ deputy: NOBODYS, first: '2026-01-01', last: '2026-01-01' }),
  },
  'DELETE /api/staff/leaves/:id': { may: ['lead'], path: ({ post }) => `/api/staff/leaves/${post}` },
  'GET /api/staff/calendar': { may: staff },
  'POST /api/staff/calendar/preview': { may: ['leadCity'], body: () => LONG_AGO },
  'POST /api/staff/calendar': { may: ['leadCity'], body: () => LONG_AGO },
  'GET /api/ask': { may: everybody, path: () => `/api/ask?q=${encodeURIComponent('搬家')}` },
  'GET /api/policy': { may: everybody },
  'GET /api/policy/articles/:label': {
    may: everybody,
    path: () => `/api/policy/articles/${encodeURIComponent('第五条')}`,
  },
  'GET /api/policy/:id': { may: [], path: () => `/api/policy/${NOBODYS}` },
  'POST /api/staff/policy/preview': { may: ['leadCity'], body: () => ({ text: '没有条文' }) },
  'POST /api/staff/policy': { may: ['leadCity'], body: () => ({ ...NO_DOCUMENT, parts: [] }) },
  'PUT /api/staff/policy/:id/plain': {
    may: [],
    path: () => `/api/staff/policy/${NOBODYS}/plain`,
    body: () => ({ label: '第五条', plain: '' }),
  },
  'GET /api/staff/delivery': { may: ['clerk'], path: () => `/api/staff/delivery?unit=${UNIT}` },
  'POST /api/staff/delivery/:id/retry': {
    may: [],
    path: () => `/api/staff/delivery/${NOBODYS}/retry`,
    body: () => ({ unit: UNIT }),
  },
  'POST /api/staff/delivery/:id/settle': {
    may: [],
    path: () => `/api/staff/delivery/${NOBODYS}/settle`,
    body: () => ({ unit: UNIT, how: 'phoned' }),
  },
  'GET /api/staff/answers': { may: ['clerk'], path: () => `/api/staff/answers?unit=${UNIT}` },
  'GET /api/staff/answers/:number': { may: [], path: ({ number }) => `/api/staff/answers/${number}` },
  'POST /api/staff/answers': {
    may: ['clerk'],
    body: ({ number }) => ({ number, question: '问', answer: '答' }),
  },
  'POST /api/staff/answers/:id/withdraw': { may: [], path: () => `/api/staff/answers/${NOBODYS}/withdraw` },
  ...careRoutes(),
  ...groupRoutes(),
  ...figureRoutes(),
  ...settingRoutes(),
  ...noticeRoutes(),
  ...activityRoutes(),
  'GET /api/pending': { may: staff },
  'POST /api/pending/by-flag': { may: staff, body: () => ({ flagged: 'dementia' }) },
  'GET /api/pending/counts': { may: staff },
  'POST /api/pending/together/preview': { may: staff, body: ({ number }) => ({ numbers: [number] }) },
  'POST /api/pending/together': { may: staff, body: () => ({ cases: [{ number: '000000000', version: 1 }] }) },
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
    verb('undo', ['lead']),
  ]),
};
