/** Who may use which route of care payments and special care. */
import type { Expectation, Story } from './matrix-story.ts';

/** Care payments: the unit's own staff and those above; lists and payments that nobody has are there for nobody. */
export function careRoutes(): Record<string, Expectation> {
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
