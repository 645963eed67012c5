/** Who may use which route of what is published: notices, policy, answers. */
import { everybody, NOBODYS, staff, UNIT, type Expectation } from './matrix-story.ts';

const NO_DOCUMENT = { number: '1', title: '1', issuer: '1', issuedOn: null, inForceFrom: null, inForceUntil: null };

/** Notices: one that nobody has is there for nobody; whose it would be is tried in `tests/api/notices`. */
export function noticeRoutes(): Record<string, Expectation> {
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

/** Questions and documents: everybody reads, the city writes. */
export const policyRoutes: Record<string, Expectation> = {
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
};
