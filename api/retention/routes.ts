/** HTTP of what is removed when its time is over. */
import { about, reply, router } from '../http.ts';
import { readRetention, retentionReport } from './report.ts';

export const retentionRoutes = router().get(
  '/retention',
  about('What is kept how long and why, and what was removed (leads of the city)', retentionReport),
  async (c) => reply(c, await readRetention(c.get('ctx'))),
);
