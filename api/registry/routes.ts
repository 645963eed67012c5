/** HTTP of the registry: the tree of units for choosing a community, and the search for people at the counter. */
import { z } from 'zod';
import { unitLevels } from '../../db/schema/registry.ts';
import { limited } from '../access/limited.ts';
import { searches } from '../access/limits.ts';
import { hoursLines, unitHours } from '../access/me.ts';
import { notFound } from '../errors.ts';
import { about, reply, router, valid } from '../http.ts';
import type { Ctx } from '../context.ts';
import type { Unit } from '../ports.ts';
import { foundRetiree, searchRetirees } from './search.ts';

const MOST_FOUND = 8;

const unitLine = z.object({
  id: z.string(),
  name: z.string(),
  level: z.enum(unitLevels),
  /** District, street and community. */
  fullName: z.string(),
  phone: z.string().nullable(),
  hours: hoursLines.nullable(),
});
export type UnitLine = z.infer<typeof unitLine>;

const line = (ctx: Ctx, unit: Unit): UnitLine => ({
  id: unit.id,
  name: unit.name,
  level: unit.level,
  fullName: ctx.city.units.fullName(unit),
  phone: unit.phone,
  hours: unitHours(ctx, unit),
});

export const registryRoutes = router()
  .get(
    '/units',
    about('The units below one, to choose from; the districts without `parent`', z.array(unitLine)),
    valid('query', z.object({ parent: z.string().max(20).optional() })),
    (c) => {
      const { units } = c.get('ctx').city;
      const parent = c.req.valid('query').parent ?? units.children(null, 'city')[0]?.id ?? null;
      return reply(
        c,
        units
          .children(parent)
          .filter((unit) => ['district', 'street', 'community'].includes(unit.level))
          .map((unit) => line(c.get('ctx'), unit)),
      );
    },
  )
  .get(
    '/units/search',
    about('Find a unit by name, pinyin or initials', z.array(unitLine)),
    valid('query', z.object({ words: z.string().min(1).max(60), level: z.enum(unitLevels).default('community') })),
    (c) => {
      const { units } = c.get('ctx').city;
      const { words, level } = c.req.valid('query');
      return reply(
        c,
        units.search(words, level, MOST_FOUND).map((unit) => line(c.get('ctx'), unit)),
      );
    },
  )
  .get('/units/agencies', about('The insurance agencies, that of the city first', z.array(unitLine)), (c) => {
    const { units } = c.get('ctx').city;
    const [city = null] = units.children(null, 'city');
    const offices = [city, ...units.children(city?.id ?? null, 'district')].flatMap((one) =>
      one ? units.children(one.id, 'agency') : [],
    );
    return reply(
      c,
      offices.map((unit) => line(c.get('ctx'), unit)),
    );
  })
  .get(
    '/units/:id',
    about('One unit, with those it belongs to', unitLine.extend({ above: z.array(unitLine) })),
    valid('param', z.object({ id: z.string().max(20) })),
    (c) => {
      const { units } = c.get('ctx').city;
      const unit = units.get(c.req.valid('param').id);
      if (!unit) throw notFound();
      const above = unit.path.split('.').flatMap((id) => units.get(id) ?? []);
      return reply(c, { ...line(c.get('ctx'), unit), above: above.map((one) => line(c.get('ctx'), one)) });
    },
  )
  // POST, because the words may be an identity number, and addresses end in logs and histories.
  .post(
    '/retirees/search',
    about('Staff look for a retiree', z.array(foundRetiree)),
    limited('caller', searches),
    valid('json', z.object({ words: z.string().min(1).max(60) })),
    async (c) => reply(c, await searchRetirees(c.get('ctx'), c.req.valid('json').words)),
  );
