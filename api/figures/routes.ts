/** HTTP of the figures, for staff. */
import { z } from 'zod';
import { statuses } from '../../db/schema/engine.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, reply, router, valid } from '../http.ts';
import { afterMoment } from '../values/after.ts';
import { figuresXlsx } from './figures-xlsx.ts';
import { counted, countedCases, listCounted } from './list-cases.ts';
import { readFigures } from './read-figures.ts';
import { figures } from './shapes.ts';
import { aboutWorkbook, sendWorkbook } from '../workbook/send.ts';

const day = z.string().refine((text): text is PlainDate => isPlainDate(text));
const asked = z.object({ unit: z.string().max(20), from: day.optional(), to: day.optional() });

export const figureRoutes = router()
  .get(
    '/figures',
    about('How a unit and those below it did in a period; this year when none is named', figures),
    valid('query', asked),
    async (c) => reply(c, await readFigures(c.get('ctx'), c.req.valid('query'))),
  )
  .get(
    '/figures/cases',
    about('The cases behind a figure, page by page', countedCases),
    valid(
      'query',
      asked.extend({
        what: z.enum(counted),
        kind: z.string().max(60).optional(),
        status: z.enum(statuses).optional(),
        /** Of the unit's own desk only, without what is below it. */
        own: z.literal('yes').optional(),
        after: afterMoment.optional(),
      }),
    ),
    async (c) => reply(c, await listCounted(c.get('ctx'), c.req.valid('query'))),
  )
  .get('/figures.xlsx', aboutWorkbook(), valid('query', asked), (c) =>
    sendWorkbook(c, (snapshot) => figuresXlsx(snapshot, c.req.valid('query'))),
  );
