/** HTTP of volunteers: what a retiree would help with, and a community's teams. */
import { z } from 'zod';
import { volunteerInterests } from '../../../db/schema/volunteers.ts';
import { about, aboutNothing, reply, router, valid } from '../../http.ts';
import { noteOffer, offer, readOffer, readOfferFor, setOffer } from './offer.ts';
import { formTeam, joinTeam, leaveTeam, readVolunteers, volunteersView } from './teams.ts';

const retiree = z.object({ retiree: z.uuid() });
const id = z.object({ id: z.uuid() });
const someInterests = z.array(z.enum(volunteerInterests)).max(volunteerInterests.length);
const MOST_IN_TEAM = 200;

export const volunteerRoutes = router()
  .get(
    '/volunteering',
    about('With what a retiree would help as a volunteer', offer),
    valid('query', retiree),
    async (c) => reply(c, await readOffer(c.get('ctx'), c.req.valid('query').retiree)),
  )
  .put(
    '/volunteering',
    aboutNothing('Offer to help as a volunteer, for the community to see; with nothing chosen, take it back'),
    valid('json', retiree.extend({ interests: someInterests })),
    async (c) => {
      const { retiree: whose, interests } = c.req.valid('json');
      await setOffer(c.get('ctx'), whose, interests);
      return c.body(null, 204);
    },
  )
  .get(
    '/staff/volunteers',
    about('A community’s volunteers and its teams', volunteersView),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => reply(c, await readVolunteers(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post(
    '/staff/volunteers/teams',
    about('Form a team of volunteers', id),
    valid(
      'json',
      z.object({
        unit: z.string().max(20),
        name: z.string().trim().min(1).max(20),
        people: z.array(z.uuid()).min(1).max(MOST_IN_TEAM),
      }),
    ),
    async (c) => reply(c, await formTeam(c.get('ctx'), c.req.valid('json'))),
  )
  .post(
    '/staff/volunteers/teams/:id/join',
    aboutNothing('Let more volunteers into a team'),
    valid('param', id),
    valid('json', z.object({ people: z.array(z.uuid()).min(1).max(MOST_IN_TEAM) })),
    async (c) => {
      await joinTeam(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').people);
      return c.body(null, 204);
    },
  )
  .get(
    '/staff/retirees/:id/volunteering',
    about('With what somebody at the counter would help as a volunteer', offer),
    valid('param', id),
    async (c) => reply(c, await readOfferFor(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/staff/retirees/:id/volunteering',
    aboutNothing(
      'Write down what somebody says at the counter, who agreed that the community sees it; with nothing chosen, take it back',
    ),
    valid('param', id),
    valid(
      'json',
      z
        .object({ interests: someInterests, agreed: z.boolean() })
        .refine(({ interests: chosen, agreed }) => agreed || chosen.length === 0, { path: ['agreed'] }),
    ),
    async (c) => {
      await noteOffer(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').interests);
      return c.body(null, 204);
    },
  )
  .post(
    '/staff/volunteers/teams/:id/leave',
    aboutNothing('Take people out of a team; without any, end it'),
    valid('param', id),
    valid('json', z.object({ people: z.array(z.uuid()).max(MOST_IN_TEAM) })),
    async (c) => {
      await leaveTeam(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').people);
      return c.body(null, 204);
    },
  );
