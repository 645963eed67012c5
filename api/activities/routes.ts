/** HTTP of activities for those who take part: the list, one, signing up, giving up, confirming a seat, the calendar file. */
import { z } from 'zod';
import { about, aboutFile, aboutNothing, reply, router, valid } from '../http.ts';
import { originOf } from '../notices/routes.ts';
import { calendarFile } from './calendar.ts';
import { changeWish } from './change-wish.ts';
import { confirmSeat, giveUp } from './leave.ts';
import { listMine, mine } from './own-sign-ups.ts';
import { activityList, activityView, listActivities, readActivity } from './read-activities.ts';
import { readPhoto, takeDownPhoto } from './photos.ts';
import { addRatingWords, MOST_RATING_WORDS, rateActivity } from './rate.ts';
import { signedUp, signUp } from './sign-up.ts';

const id = z.object({ id: z.uuid() });
/** Of which activity it is. */
const ofActivity = z.object({ activity: z.uuid() });
const PICTURE = 'image/jpeg';
const CALENDAR = 'text/calendar';
/** What somebody wants who signs a retiree up. */
export const wish = z.object({
  retireeId: z.uuid(),
  companion: z.boolean().default(false),
  needs: z.object({ company: z.boolean(), slow: z.boolean() }).default({ company: false, slow: false }),
});

export const activityRoutes = router()
  .get(
    '/activities',
    about('Activities that are to come, the nearest first', activityList),
    valid('query', z.object({ after: z.string().max(80).optional() })),
    async (c) => reply(c, await listActivities(c.get('ctx'), c.req.valid('query').after)),
  )
  .get('/activities/mine', about('What the caller’s people signed up for', mine), async (c) =>
    reply(c, await listMine(c.get('ctx'))),
  )
  .get('/activities/:id', about('One activity', activityView), valid('param', id), async (c) =>
    reply(c, await readActivity(c.get('ctx'), c.req.valid('param').id)),
  )
  .get(
    '/activities/:id/calendar.ics',
    aboutFile('An activity for the calendar of a phone', CALENDAR),
    valid('param', id),
    async (c) => {
      const { id: activity } = c.req.valid('param');
      return c.body(await calendarFile(c.get('ctx'), activity, `${originOf(c)}/a/${activity}`), 200, {
        'Content-Type': `${CALENDAR}; charset=utf-8`,
        'Content-Disposition': 'attachment; filename="activity.ics"',
      });
    },
  )
  .get('/activities/photos/:id', aboutFile('A photo of an activity', PICTURE), valid('param', id), async (c) => {
    const content = await readPhoto(c.get('ctx'), c.req.valid('param').id);
    // Taken down, it is gone: no cache shows it on.
    return c.body(new Uint8Array(content), 200, { 'Content-Type': PICTURE, 'Cache-Control': 'no-store' });
  })
  .post(
    '/activities/photos/:id/take-down',
    aboutNothing('Have a photo taken down, at once'),
    valid('param', id),
    async (c) => {
      await takeDownPhoto(c.get('ctx'), c.req.valid('param').id);
      return c.body(null, 204);
    },
  )
  .post(
    '/activities/:id/sign-ups',
    about('Sign somebody up', signedUp),
    valid('param', id),
    valid('json', wish),
    async (c) => reply(c, await signUp(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .post(
    '/sign-ups/:id/cancel',
    about('Give a seat or a place in the line up', signedUp),
    valid('param', id),
    async (c) => reply(c, await giveUp(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/sign-ups/:id/wish',
    about('Say who comes along and what they need, after signing up', ofActivity),
    valid('param', id),
    valid('json', z.object({ companion: z.boolean(), company: z.boolean(), slow: z.boolean() }).partial()),
    async (c) => reply(c, await changeWish(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .post(
    '/sign-ups/:id/rating',
    about('Say how it was, once', ofActivity),
    valid('param', id),
    valid('json', z.object({ stars: z.int().min(1).max(5) })),
    async (c) => reply(c, await rateActivity(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').stars)),
  )
  .post(
    '/sign-ups/:id/rating/words',
    about('Add words to it, once', ofActivity),
    valid('param', id),
    valid('json', z.object({ words: z.string().trim().min(1).max(MOST_RATING_WORDS) })),
    async (c) => reply(c, await addRatingWords(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').words)),
  )
  .post('/sign-ups/:id/confirm', about('Confirm a seat that was offered', signedUp), valid('param', id), async (c) =>
    reply(c, await confirmSeat(c.get('ctx'), c.req.valid('param').id)),
  );
