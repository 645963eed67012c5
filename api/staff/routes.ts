/** HTTP of looking after staff: who works where, invitations, and what becomes of a post. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { router, valid } from '../http.ts';
import { removePost, resumePost, suspendPost } from './end-post.ts';
import { invite, listInvites, revokeInvite } from './invite.ts';
import { joinByInvitation, openInvitation } from './join.ts';
import { listStaff, staffHistory } from './list-staff.ts';
import { movePost } from './move-post.ts';
import { unitsInReach } from './reach.ts';
import { resetFactor } from './reset-factor.ts';

const about = (summary: string) => describeRoute({ summary });
const id = valid('param', z.object({ id: z.uuid() }));
const unit = z.string().max(20);
const role = z.enum(['clerk', 'lead']);
const token = valid('json', z.object({ token: z.string().max(60) }));
/** Why something is done to somebody is always said. */
const why = z.string().trim().min(2).max(200);
const ending = valid('json', z.object({ why, sure: z.boolean().optional() }));

export const staffRoutes = router()
  .get(
    '/staff',
    about('Who works at a unit and those below'),
    valid('query', z.object({ unit, words: z.string().max(60).optional(), after: z.string().max(200).optional() })),
    async (c) => c.json(await listStaff(c.get('ctx'), c.req.valid('query'))),
  )
  .get(
    '/staff/units',
    about('Units whose staff the caller looks after'),
    valid('query', z.object({ words: z.string().max(60).default('') })),
    (c) => c.json(unitsInReach(c.get('ctx'), c.req.valid('query').words)),
  )
  .get(
    '/staff/history',
    about('What was done about the staff of a unit and those below'),
    valid('query', z.object({ unit, before: z.uuid().optional() })),
    async (c) => c.json(await staffHistory(c.get('ctx'), c.req.valid('query'))),
  )
  .get('/staff/invites', about('Open invitations'), valid('query', z.object({ unit })), async (c) =>
    c.json(await listInvites(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post(
    '/staff/invites',
    about('Invite somebody to a post; gives the token of the link once'),
    valid('json', z.object({ unitId: unit, role, name: z.string().trim().min(1).max(30) })),
    async (c) => c.json(await invite(c.get('ctx'), c.req.valid('json'))),
  )
  .delete('/staff/invites/:id', about('Take an invitation back'), id, async (c) => {
    await revokeInvite(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .post('/staff/invites/open', about('What a link invites to'), token, async (c) =>
    c.json(await openInvitation(c.get('ctx'), c.req.valid('json').token)),
  )
  .post('/staff/invites/join', about('Take the post that a link invites to'), token, async (c) =>
    c.json(await joinByInvitation(c.get('ctx'), c.req.valid('json').token)),
  )
  .post(
    '/staff/:id/move',
    about('Move somebody to another unit or role'),
    id,
    valid('json', z.object({ unitId: unit, role, why, sure: z.boolean().optional() })),
    async (c) => {
      await movePost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return c.json({ moved: true });
    },
  )
  .post('/staff/:id/suspend', about('Suspend a post'), id, ending, async (c) => {
    await suspendPost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
    return c.json({ suspended: true });
  })
  .post('/staff/:id/resume', about('Give a suspended post its power back'), id, async (c) => {
    await resumePost(c.get('ctx'), c.req.valid('param').id);
    return c.json({ suspended: false });
  })
  .post('/staff/:id/remove', about('End a post'), id, ending, async (c) => {
    await removePost(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
    return c.json({ removed: true });
  })
  .post(
    '/staff/:id/reset-factor',
    about("End a colleague's second factor"),
    id,
    valid('json', z.object({ why })),
    async (c) => {
      await resetFactor(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return c.json({ reset: true });
    },
  );
