/** HTTP of self-help groups: a retiree’s own; and for staff how far they have come, a proposal and what is moved in it, and each group. */
import { z } from 'zod';
import { groupDoingKinds, groupOffices } from '../../db/schema/groups.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import type { PlainMonth } from '../values/plain-month.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { addSlot, dropProposal, movePeople } from './change-proposal.ts';
import { confirmGroups } from './confirm.ts';
import { groupMonth, noteDoing, readMonth, removeDoing } from './doings.ts';
import { chooseLeader, endLeader, renameGroup } from './lead.ts';
import { proposeGroups } from './propose.ts';
import { groupView, readGroup } from './read-group.ts';
import { myGroup, readMyGroup } from './read-mine.ts';
import { overview, readOverview } from './read-overview.ts';
import { proposalView, readProposal } from './read-proposal.ts';
import { listToDiscuss, toDiscuss } from './to-discuss.ts';

const id = z.object({ id: z.uuid() });
const unit = z.object({ unit: z.string().max(20) });
const seen = z.object({ version: z.int().min(0) });
const changed = z.object({ version: z.int() });
const ofOffice = id.extend({ office: z.enum(groupOffices) });
const day = z.string().refine((text): text is PlainDate => isPlainDate(text));
const month = z.string().refine((text): text is PlainMonth => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text));
const MOST_MOVED = 200;

export const groupRoutes = router()
  .get(
    '/groups/mine',
    about(
      'The self-help group of a retiree, who leads it, who of it agreed to be seen, and the groups nearby',
      myGroup,
    ),
    valid('query', z.object({ retiree: z.uuid() })),
    async (c) => reply(c, await readMyGroup(c.get('ctx'), c.req.valid('query').retiree)),
  )
  .get(
    '/groups/:id/month',
    about('What a group did in a month', groupMonth),
    valid('param', id),
    valid('query', z.object({ month })),
    async (c) => reply(c, await readMonth(c.get('ctx'), c.req.valid('param').id, c.req.valid('query').month)),
  )
  .get(
    '/groups/:id/notices',
    about('What a group may study together and has not marked as discussed', toDiscuss),
    valid('param', id),
    async (c) => reply(c, await listToDiscuss(c.get('ctx'), c.req.valid('param').id)),
  )
  .post(
    '/groups/:id/doings',
    about('Note something that a group did', id),
    valid('param', id),
    valid(
      'json',
      z.object({
        kind: z.enum(groupDoingKinds),
        day,
        people: z.int().min(1).max(1000),
        words: z.string().trim().max(300),
        noticeId: z.uuid().nullable().default(null),
      }),
    ),
    async (c) => reply(c, await noteDoing(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .delete(
    '/groups/:id/doings/:doing',
    aboutNothing('Take away what was noted by mistake'),
    valid('param', id.extend({ doing: z.uuid() })),
    async (c) => {
      const { id: group, doing } = c.req.valid('param');
      await removeDoing(c.get('ctx'), group, doing);
      return c.body(null, 204);
    },
  )
  .get(
    '/staff/groups',
    about('A unit’s self-help groups, the share of its people who are in one, and what there is to settle', overview),
    valid('query', unit),
    async (c) => reply(c, await readOverview(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post(
    '/staff/groups/proposals',
    about('Propose how a community’s people are divided into groups', id),
    valid('json', unit),
    async (c) => reply(c, await proposeGroups(c.get('ctx'), c.req.valid('json').unit)),
  )
  .get(
    '/staff/groups/proposals/:id',
    about('A proposal: who would be in which group', proposalView),
    valid('param', id),
    async (c) => reply(c, await readProposal(c.get('ctx'), c.req.valid('param').id)),
  )
  .post(
    '/staff/groups/proposals/:id/move',
    about('Move people to another group of the proposal, or out of all', changed),
    valid('param', id),
    valid(
      'json',
      seen.extend({ people: z.array(z.uuid()).min(1).max(MOST_MOVED), slot: z.int().min(1).max(1000).nullable() }),
    ),
    async (c) => {
      const { version, ...moving } = c.req.valid('json');
      return reply(c, await movePeople(c.get('ctx'), c.req.valid('param').id, version, moving));
    },
  )
  .post(
    '/staff/groups/proposals/:id/add',
    about('A further group in the proposal, to move people to', changed),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await addSlot(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/groups/proposals/:id/confirm',
    about('Confirm a proposal: all of its groups, or none', z.object({ groups: z.int(), people: z.int() })),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await confirmGroups(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/groups/proposals/:id/drop',
    aboutNothing('Drop a proposal'),
    valid('param', id),
    valid('json', seen),
    async (c) => {
      await dropProposal(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version);
      return c.body(null, 204);
    },
  )
  .get('/staff/groups/:id', about('One group with its people', groupView), valid('param', id), async (c) =>
    reply(c, await readGroup(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/staff/groups/:id/name',
    aboutNothing('Name a group; an empty name is its number'),
    valid('param', id),
    valid('json', z.object({ name: z.string().trim().max(20) })),
    async (c) => {
      await renameGroup(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').name);
      return c.body(null, 204);
    },
  )
  .put(
    '/staff/groups/:id/offices/:office',
    aboutNothing('Choose who leads a group or stands in: a member who agreed to it'),
    valid('param', ofOffice),
    valid('json', z.object({ retireeId: z.uuid(), term: day, agreed: z.literal(true) })),
    async (c) => {
      const { id: group, office } = c.req.valid('param');
      const { retireeId, term } = c.req.valid('json');
      await chooseLeader(c.get('ctx'), group, { office, retireeId, term });
      return c.body(null, 204);
    },
  )
  .delete(
    '/staff/groups/:id/offices/:office',
    aboutNothing('Nobody leads the group, or stands in, from today on'),
    valid('param', ofOffice),
    async (c) => {
      const { id: group, office } = c.req.valid('param');
      await endLeader(c.get('ctx'), group, office);
      return c.body(null, 204);
    },
  );
