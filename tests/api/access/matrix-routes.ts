/**
 * Who may use which route: what the matrix test holds every route of the running app against. One entry a route; the roles stand
 * in `matrix-cast.ts`. Here are people, drafts and cases; the other rooms have a file each.
 */
import type { Role } from './matrix-cast.ts';
import { accountRoutes } from './matrix-accounts.ts';
import { activityRoutes } from './matrix-activities.ts';
import { careRoutes } from './matrix-care.ts';
import { groupRoutes } from './matrix-groups.ts';
import { noticeRoutes, policyRoutes } from './matrix-published.ts';
import { deliveryRoutes, deskRoutes, figureRoutes, postRoutes, settingRoutes } from './matrix-staff.ts';
import { everybody, owner, seers, signedIn, staff, type Expectation, type Story } from './matrix-story.ts';

/** Well aimed but for an answer that nobody asked for: whoever is let through is told so, and nothing changes. */
const HARMLESS = { version: 1, answers: { nonsense: { value: 1 } } };

const draft = (rest = '') => ({ path: (story: Story) => `/api/drafts/${story.draft}${rest}`, may: owner });
const verb = (name: string, may: readonly Role[]): [string, Expectation] => [
  `POST /api/cases/:number/:verb ${name}`,
  { may, path: ({ number }) => `/api/cases/${number}/${name}`, body: () => HARMLESS },
];

export const expectations: Record<string, Expectation> = {
  ...accountRoutes,
  ...postRoutes,
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
  ...deskRoutes,
  ...policyRoutes,
  ...deliveryRoutes,
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
