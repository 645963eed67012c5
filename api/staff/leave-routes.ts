/** HTTP of being on leave. */
import { z } from 'zod';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { ownPost, readLeaves } from './read-leaves.ts';
import { endLeave, takeLeave } from './take-leave.ts';

const id = valid('param', z.object({ id: z.uuid() }));
const day = z.string().refine((text): text is PlainDate => isPlainDate(text));

export const leaveRoutes = router()
  .get(
    '/staff/leaves',
    about(
      'The posts of the caller, and those of units that they lead: leave, who may stand in, and for whom they do',
      z.array(ownPost),
    ),
    async (c) => reply(c, await readLeaves(c.get('ctx'))),
  )
  .put(
    '/staff/leaves/:id',
    aboutNothing('Go on leave from a post, or enter it for a colleague of a unit that one leads, with who stands in'),
    id,
    valid('json', z.object({ deputy: z.uuid(), first: day, last: day })),
    async (c) => {
      await takeLeave(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'));
      return c.body(null, 204);
    },
  )
  .delete('/staff/leaves/:id', aboutNothing('End a leave before its time'), id, async (c) => {
    await endLeave(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  });
