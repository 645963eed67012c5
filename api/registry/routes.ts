/** HTTP of the registry: the tree of units for choosing a community, and the search for people at the counter. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { unitLevels, type UnitLevel } from '../../db/schema/registry.ts';
import { limited } from '../access/limited.ts';
import { searches } from '../access/limits.ts';
import { notFound } from '../errors.ts';
import { router, valid } from '../http.ts';
import type { Unit, Units } from '../ports.ts';
import { searchRetirees } from './search.ts';

const about = (summary: string) => describeRoute({ summary });
const MOST_FOUND = 8;

export interface UnitLine {
  id: string;
  name: string;
  level: UnitLevel;
  /** District, street and community. */
  fullName: string;
  phone: string | null;
  hours: Unit['hours'];
}

const line = (units: Units, unit: Unit): UnitLine => ({
  id: unit.id,
  name: unit.name,
  level: unit.level,
  fullName: units.fullName(unit),
  phone: unit.phone,
  hours: unit.hours,
});

export const registryRoutes = router()
  .get(
    '/units',
    about('The units below one, to choose from; the districts without `parent`'),
    valid('query', z.object({ parent: z.string().max(20).optional() })),
    (c) => {
      const { units } = c.get('ctx').city;
      const parent = c.req.valid('query').parent ?? units.children(null, 'city')[0]?.id ?? null;
      return c.json(
        units
          .children(parent)
          .filter((unit) => ['district', 'street', 'community'].includes(unit.level))
          .map((unit) => line(units, unit)),
      );
    },
  )
  .get(
    '/units/search',
    about('Find a unit by name, pinyin or initials'),
    valid('query', z.object({ words: z.string().min(1).max(60), level: z.enum(unitLevels).default('community') })),
    (c) => {
      const { units } = c.get('ctx').city;
      const { words, level } = c.req.valid('query');
      return c.json(units.search(words, level, MOST_FOUND).map((unit) => line(units, unit)));
    },
  )
  .get('/units/agencies', about('The insurance agencies, that of the city first'), (c) => {
    const { units } = c.get('ctx').city;
    const [city = null] = units.children(null, 'city');
    const offices = [city, ...units.children(city?.id ?? null, 'district')].flatMap((one) =>
      one ? units.children(one.id, 'agency') : [],
    );
    return c.json(offices.map((unit) => line(units, unit)));
  })
  .get(
    '/units/:id',
    about('One unit, with those it belongs to'),
    valid('param', z.object({ id: z.string().max(20) })),
    (c) => {
      const { units } = c.get('ctx').city;
      const unit = units.get(c.req.valid('param').id);
      if (!unit) throw notFound();
      const above = unit.path.split('.').flatMap((id) => units.get(id) ?? []);
      return c.json({ ...line(units, unit), above: above.map((one) => line(units, one)) });
    },
  )
  // POST, because the words may be an identity number, and addresses end in logs and histories.
  .post(
    '/retirees/search',
    about('Staff look for a retiree'),
    limited('caller', searches),
    valid('json', z.object({ words: z.string().min(1).max(60) })),
    async (c) => c.json(await searchRetirees(c.get('ctx'), c.req.valid('json').words)),
  );
