/** HTTP of the working calendar. */
import { z } from 'zod';
import { dayKinds } from '../../db/schema/calendar.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, reply, router, valid } from '../http.ts';
import { changeDays } from './change-days.ts';
import { changePreview, previewChange } from './preview-change.ts';
import { calendarYear, readCalendar } from './read-calendar.ts';

const day = z.string().refine((text): text is PlainDate => isPlainDate(text));
const change = valid(
  'json',
  z.object({ first: day, last: day, kind: z.enum(dayKinds), name: z.string().trim().max(20) }),
);

export const calendarRoutes = router()
  .get(
    '/staff/calendar',
    about('The working calendar of a year: holidays, make-up days, who changed what (staff)', calendarYear),
    valid('query', z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() })),
    async (c) => reply(c, await readCalendar(c.get('ctx'), c.req.valid('query').year)),
  )
  .post(
    '/staff/calendar/preview',
    about('Which deadlines a change of days would move; nothing is kept', changePreview),
    change,
    async (c) => reply(c, await previewChange(c.get('ctx'), c.req.valid('json'))),
  )
  .post(
    '/staff/calendar',
    about('Change days of the working calendar (staff of the city)', z.object({ id: z.uuid() })),
    change,
    async (c) => reply(c, await changeDays(c.get('ctx'), c.req.valid('json'))),
  );
