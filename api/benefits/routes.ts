/** HTTP of survivor benefits: the estimate, and the published figures that it is made of. */
import { z } from 'zod';
import { can } from '../access/can.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { enterBase } from './enter-base.ts';
import { allBases } from './figures.ts';
import { readCaseEstimate, readEstimate, shownEstimate } from './read-estimate.ts';

/** Longer than anybody paid or drew. */
const years = z.coerce.number().int().min(0).max(60).optional();
const day = z.custom<PlainDate>((value) => typeof value === 'string' && isPlainDate(value));
const publishedBases = z.object({
  bases: z.array(
    z.object({
      n: z.int(),
      year: z.int(),
      yearFen: z.int(),
      source: z.string(),
      enteredAt: z.iso.datetime(),
      by: z.string().nullable(),
    }),
  ),
  mayEnter: z.boolean(),
});
const inMonths = (given: number | undefined) => (given === undefined ? null : given * 12);

export const benefitRoutes = router()
  .get(
    '/benefits/estimate',
    about('What a family may expect, by the figures given; names nobody', shownEstimate),
    valid('query', z.object({ died: day, years, drawn: years })),
    async (c) => {
      const { died, years: contributed, drawn } = c.req.valid('query');
      const known = { contributedMonths: inMonths(contributed), drawnMonths: inMonths(drawn) };
      return reply(c, await readEstimate(c.get('ctx'), { diedOn: died, atWork: false, ...known }));
    },
  )
  .get(
    '/benefits/estimate/:number',
    about('The estimate of a case, for those who may see it', shownEstimate),
    valid('param', z.object({ number: z.string().max(20) })),
    async (c) => reply(c, await readCaseEstimate(c.get('ctx'), c.req.valid('param').number)),
  )
  .get('/benefits/bases', about('The published income of each year, and who entered it', publishedBases), async (c) => {
    const ctx = c.get('ctx');
    const bases = await allBases(ctx.db, {});
    const mayEnter = can(ctx.actor, 'benefits.enter', { agencyId: ctx.city.units.cityAgency().id });
    // Who entered a figure is for staff.
    const isStaff = ctx.actor.is === 'person' && ctx.actor.posts.length > 0;
    return reply(c, {
      bases: bases.map(({ by, enteredAt, ...base }) => ({
        ...base,
        enteredAt: enteredAt.toISOString(),
        by: isStaff ? by : null,
      })),
      mayEnter,
    });
  })
  .post(
    '/benefits/bases',
    aboutNothing('Enter what was published for a year'),
    valid('json', z.object({ year: z.int(), yuan: z.number(), source: z.string().max(200) })),
    async (c) => {
      await enterBase(c.get('ctx'), c.req.valid('json'));
      return c.body(null, 204);
    },
  );
