/** Who may use which route of the staff’s own house: posts, leave, calendar, settings, figures, delivery. */
import { everybody, NOBODYS, signedIn, staff, UNIT, type Expectation } from './matrix-story.ts';

/** Days that nobody may change any more. */
const LONG_AGO = { first: '2020-01-01', last: '2020-01-01', kind: 'holiday', name: '元旦' };

const ofPost = (act: string, body: object): [string, Expectation] => [
  `POST /api/staff/:id/${act}`,
  {
    may: ['lead', 'leadAbove'],
    path: ({ post }) => `/api/staff/${post}/${act}`,
    body: () => ({ why: '试一试', ...body }),
    restore: ({ post }) => `update posts set ended_at = null, suspended_at = null where id = '${post}'`,
  },
];

/** Who works where. */
export const postRoutes: Record<string, Expectation> = {
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
};

/** Retention, leave and the working calendar. */
export const deskRoutes: Record<string, Expectation> = {
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
};

/** What did not arrive, and answers to a unit’s people: whoever works there. */
export const deliveryRoutes: Record<string, Expectation> = {
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
};

/** The unit's own staff and those above it. */
export function figureRoutes(): Record<string, Expectation> {
  const may = ['clerk', 'above'] as const;
  return {
    'GET /api/figures': { may, path: () => `/api/figures?unit=${UNIT}` },
    'GET /api/figures/cases': { may, path: () => `/api/figures/cases?unit=${UNIT}&what=received` },
    'GET /api/figures.xlsx': { may, path: () => `/api/figures.xlsx?unit=${UNIT}` },
  };
}

/** Phone, hours and usual reasons: staff of the unit and above read, leads change. What is sent changes nothing. */
export function settingRoutes(): Record<string, Expectation> {
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
