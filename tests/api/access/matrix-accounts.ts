/** Who may use which route of accounts: signing in, what is one’s own, family, the second factor. */
import { everybody, NOBODYS, signedIn, type Expectation } from './matrix-story.ts';

const code = () => ({ code: '000000' });

/** Every way in, and everybody’s own account. */
export const accountRoutes: Record<string, Expectation> = {
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
};
