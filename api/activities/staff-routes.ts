/** HTTP of activities for staff: publishing, changing, calling off, who signed up, and the door. */
import { z } from 'zod';
import { activityKinds, walkings } from '../../db/schema/activities.ts';
import { limited } from '../access/limited.ts';
import { uploads } from '../access/limits.ts';
import { about, reply, router, valid } from '../http.ts';
import { parsePhone } from '../values/phone.ts';
import { audience, readAudience } from './audience.ts';
import { checkIn, checked, guestList, listGuests } from './attendance.ts';
import { listForRetiree, offeredTo } from './counter.ts';
import { duty, readDuty } from './duty.ts';
import { activityLedgerXlsx } from './ledger-xlsx.ts';
import { activityLedger, readActivityLedger } from './ledger.ts';
import { MOST_DETAILS, MOST_FEN, MOST_SEATS, MOST_TITLE, MOST_UNITS, MOST_WORDS } from './rules.ts';
import { addPhoto } from './photos.ts';
import { wish } from './routes.ts';
import { signedUp, signUpFor } from './sign-up.ts';
import { listStaffActivities, readStaffActivity, staffList, staffView } from './staff-activities.ts';
import { callOff, changeActivity, publishActivity } from './write-activity.ts';
import { aboutWorkbook, sendWorkbook } from '../workbook/send.ts';

const id = z.object({ id: z.uuid() });
const version = z.int().min(0);
const changed = z.object({ version: z.int() });
const words = (max: number, min = 0) => z.string().trim().min(min).max(max);
/** Not so far away that no calendar has it. */
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 2000 && date.getUTCFullYear() < 2100);
const writing = z.object({
  kind: z.enum(activityKinds),
  title: words(MOST_TITLE, 2),
  details: words(MOST_DETAILS),
  startsAt: moment,
  endsAt: moment,
  place: words(MOST_WORDS, 2),
  mapUrl: z.url().max(500).nullable(),
  directions: words(MOST_WORDS),
  seats: z.int().min(1).max(MOST_SEATS),
  opensAt: moment,
  closesAt: moment,
  costFen: z.int().min(0).max(MOST_FEN).default(0),
  bring: words(MOST_WORDS),
  walking: z.enum(walkings),
  companions: z.boolean(),
  /** Units below that it is for only. */
  audience: z.array(z.string().max(20)).min(1).max(MOST_UNITS).nullable().default(null),
  contactName: words(20, 1),
  contactPhone: words(20).refine((text) => parsePhone(text).ok),
});

export const activityStaffRoutes = router()
  .get(
    '/staff/activities',
    about('Activities of a unit and of those below it', staffList),
    valid('query', z.object({ unit: z.string().max(20), after: z.string().max(80).optional() })),
    async (c) => {
      const { unit, after } = c.req.valid('query');
      return reply(c, await listStaffActivities(c.get('ctx'), unit, after));
    },
  )
  .post(
    '/staff/activities',
    about('Publish an activity', id),
    valid('json', writing.extend({ unit: z.string().max(20) })),
    async (c) => {
      const { unit, ...fields } = c.req.valid('json');
      return reply(c, await publishActivity(c.get('ctx'), unit, fields));
    },
  )
  .get(
    '/staff/activities/duty',
    about('How a unit stands with 第十二条, and who below it is behind', duty),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => reply(c, await readDuty(c.get('ctx'), c.req.valid('query').unit)),
  )
  .get(
    '/staff/activities/audience',
    about('Units right below one, for some of which an activity may be', audience),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => reply(c, readAudience(c.get('ctx'), c.req.valid('query').unit)),
  )
  .get('/staff/activities/:id', about('One activity with its figures', staffView), valid('param', id), async (c) =>
    reply(c, await readStaffActivity(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/staff/activities/:id',
    about('Change it', changed),
    valid('param', id),
    valid('json', writing.extend({ version })),
    async (c) => {
      const { version: seen, ...fields } = c.req.valid('json');
      return reply(c, await changeActivity(c.get('ctx'), c.req.valid('param').id, seen, fields));
    },
  )
  .post(
    '/staff/activities/:id/call-off',
    about('Call it off', changed),
    valid('param', id),
    valid('json', z.object({ version, why: words(MOST_WORDS, 2) })),
    async (c) => {
      const { version: seen, why } = c.req.valid('json');
      return reply(c, await callOff(c.get('ctx'), c.req.valid('param').id, seen, why));
    },
  )
  .get(
    '/staff/activities/:id/people',
    about('Who signed up', guestList),
    valid('param', id),
    valid('query', z.object({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional() })),
    async (c) => reply(c, await listGuests(c.get('ctx'), c.req.valid('param').id, c.req.valid('query').after)),
  )
  .get(
    '/staff/activities/:id/ledger',
    about('Who came, when, and who checked them in, with totals', activityLedger),
    valid('param', id),
    async (c) => reply(c, await readActivityLedger(c.get('ctx'), c.req.valid('param').id)),
  )
  .get('/staff/activities/:id/ledger.xlsx', aboutWorkbook(), valid('param', id), (c) =>
    sendWorkbook(c, (snapshot) => activityLedgerXlsx(snapshot, c.req.valid('param').id)),
  )
  .get(
    '/staff/retirees/:id/activities',
    about('What is to come for somebody at the counter, the nearest first', offeredTo),
    valid('param', id),
    async (c) => reply(c, await listForRetiree(c.get('ctx'), c.req.valid('param').id)),
  )
  .post(
    '/staff/activities/:id/sign-ups',
    about('Sign up somebody who has no phone', signedUp),
    valid('param', id),
    valid('json', wish),
    async (c) => reply(c, await signUpFor(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .post(
    '/staff/activities/:id/photos',
    about('Add a photo on which everybody recognisable agreed (the body is the file)', id),
    limited('caller', uploads),
    valid('param', id),
    valid('query', z.object({ agreed: z.literal('yes') })),
    async (c) => reply(c, await addPhoto(c.get('ctx'), c.req.valid('param').id, () => c.req.arrayBuffer())),
  )
  .post(
    '/staff/activities/:id/check-ins',
    about('Who came, as the door noted it', checked),
    valid('param', id),
    valid(
      'json',
      z.object({
        checks: z
          .array(z.object({ signUp: z.uuid(), present: z.boolean(), at: moment }))
          .min(1)
          .max(500),
      }),
    ),
    async (c) => reply(c, await checkIn(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').checks)),
  );
