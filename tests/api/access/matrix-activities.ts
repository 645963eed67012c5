/** Who may use which route of activities. */
import { everybody, NOBODYS, signedIn, UNIT, type Expectation, type Story } from './matrix-story.ts';

/** Activities: one that nobody holds is there for nobody; who may do what with one is tried in `tests/api/activities`. */
export function activityRoutes(): Record<string, Expectation> {
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
