/** HTTP of looking after staff: who works where, invitations, and what becomes of a post. */
import { z } from 'zod';
import { roles } from '../../db/schema/access.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { afterPath } from '../values/after.ts';
import { removePost, resumePost, suspendPost } from './end-post.ts';
import { invite, inviteLine, listInvites, revokeInvite } from './invite.ts';
import { invitation, joinByInvitation, openInvitation } from './join.ts';
import { listStaff, staffEvent, staffHistory, staffPage } from './list-staff.ts';
import { nameResponsible, readResponsible, responsibleOf } from './name-responsible.ts';
import { movePost } from './move-post.ts';
import { unitChoice, unitsInReach } from './reach.ts';
import { resetFactor } from './reset-factor.ts';

const id = valid('param', z.object({ id: z.uuid() }));
const unit = z.string().max(20);
const role = z.enum(roles);
const token = valid('json', z.object({ token: z.string().max(60) }));
const suspended = z.object({ suspended: z.boolean() });
/** Why something is done to somebody is always said. */
const why = z.string().trim().min(2).max(200);
const ending = valid('json', z.object({ why, sure: z.boolean().optional() }));

export const staffRoutes = router()
  .get(
    '/staff',
    about('Who works at a unit and those below', staffPage),
    valid('query', z.object({ unit, words: z.string().max(60).optional(), after: afterPath.optional() })),
    async (c) => reply(c, await listStaff(c.get('ctx'), c.req.valid('query'))),
  )
  .get(
    '/staff/units',
    about('Units whose staff the caller looks after', z.array(unitChoice)),
    valid('query', z.object({ words: z.string().max(60).default('') })),
    (c) => reply(c, unitsInReach(c.get('ctx'), c.req.valid('query').words)),
  )
  .get(
    '/staff/history',
    about('What was done about the staff of a unit and those below', z.array(staffEvent)),
    valid('query', z.object({ unit, before: z.uuid().optional() })),
    async (c) => reply(c, await staffHistory(c.get('ctx'), c.req.valid('query'))),
  )
  .get(
    '/staff/responsible',
    about('Whom a unit names as answering for its retirees, and which units right below name nobody', responsibleOf),
    valid('query', z.object({ unit })),
    async (c) => reply(c, await readResponsible(c.get('ctx'), c.req.valid('query').unit)),
  )
  .get(
    '/staff/invites',
    about('Open invitations', z.array(inviteLine)),
    valid('query', z.object({ unit })),
    async (c) => reply(c, await listInvites(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post(
    '/staff/invites',
    about(
      'Invite somebody to a post; gives the token of the link once',
      z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
    ),
    valid('json', z.object({ unitId: unit, role, name: z.string().trim().min(1).max(30) })),
    async (c) => reply(c, await invite(c.get('ctx'), c.req.valid('json'))),
  )
  .delete('/staff/invites/:id', aboutNothing('Take an invitation back'), id, async (c) => {
    await revokeInvite(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .post('/staff/invites/open', about('What a link invites to', invitation), token, async (c) =>
    reply(c, await openInvitation(c.get('ctx'), c.req.valid('json').token)),
  )
  .post(
    '/staff/invites/join',
    about('Take the post that a link invites to', z.object({ unit: z.string(), role })),
    token,
    async (c) => reply(c, await joinByInvitation(c.get('ctx'), c.req.valid('json').token)),
  )
  .post(
    '/staff/:id/move',
    about('Move somebody to another unit or role', z.object({ moved: z.literal(true) })),
    id,
    valid('json', z.object({ unitId: unit, role, why, sure: z.boolean().optional() })),
    async (c) => {
      await movePost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return reply(c, { moved: true });
    },
  )
  .post('/staff/:id/suspend', about('Suspend a post', suspended), id, ending, async (c) => {
    await suspendPost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
    return reply(c, { suspended: true });
  })
  .post('/staff/:id/resume', about('Give a suspended post its power back', suspended), id, async (c) => {
    await resumePost(c.get('ctx'), c.req.valid('param').id);
    return reply(c, { suspended: false });
  })
  .post('/staff/:id/responsible', aboutNothing('Name who answers for a unit’s retirees'), id, async (c) => {
    await nameResponsible(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .post('/staff/:id/remove', about('End a post', z.object({ removed: z.literal(true) })), id, ending, async (c) => {
    await removePost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
    return reply(c, { removed: true });
  })
  .post(
    '/staff/:id/reset-factor',
    about("End a colleague's second factor", z.object({ reset: z.literal(true) })),
    id,
    valid('json', z.object({ why })),
    async (c) => {
      await resetFactor(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return reply(c, { reset: true });
    },
  );
