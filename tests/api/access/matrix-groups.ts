/** Who may use which route of self-help groups, their rooms and volunteers. */
import { NOBODYS, owner, UNIT, type Expectation } from './matrix-story.ts';

/** Self-help groups: the community's own staff; one that nobody has is there for nobody. Whose it would be is tried in `tests/api/groups`. */
export function groupRoutes(): Record<string, Expectation> {
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
