/** HTTP of notices for those who read them: the list, one notice, that it was read, its pictures and files, and the feed. */
import type { Context } from 'hono';
import { z } from 'zod';
import { about, aboutFile, aboutNothing, reply, router, valid, type Env } from '../http.ts';
import { noticeFeed } from './feed.ts';
import { readFile } from './files.ts';
import { listNotices, noticeList } from './read-notices.ts';
import { markRead, noticeView, readNotice } from './read-notice.ts';

const id = z.object({ id: z.uuid() });
const PICTURE = 'image/jpeg';
const FILE = 'application/octet-stream';
const kept = (isPublic: boolean) => `${isPublic ? 'public' : 'private'}, max-age=300`;

/** Where the pages are for people: as the city says, else as this request came. */
export function originOf(c: Context<Env>): string {
  const { publicUrl } = c.get('ctx').city;
  return publicUrl ?? `${c.get('secure') ? 'https' : 'http'}://${new URL(c.req.url).host}`;
}

export const noticeRoutes = router()
  .get(
    '/notices',
    about('Notices for those whom the caller reads for; for others, what the city says to everyone', noticeList),
    valid('query', z.object({ after: z.string().max(80).optional() })),
    async (c) => reply(c, await listNotices(c.get('ctx'), c.req.valid('query').after)),
  )
  .get(
    '/notices/feed.xml',
    aboutFile('What a unit said to everyone, as RSS', 'application/rss+xml'),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) =>
      c.body(await noticeFeed(c.get('ctx'), c.req.valid('query').unit, originOf(c)), 200, {
        'Content-Type': 'application/rss+xml; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
      }),
  )
  .get('/notices/pictures/:id', aboutFile('A picture of a notice', PICTURE), valid('param', id), async (c) => {
    const { content, isPublic } = await readFile(c.get('ctx'), c.req.valid('param').id, 'picture');
    return c.body(new Uint8Array(content), 200, { 'Content-Type': PICTURE, 'Cache-Control': kept(isPublic) });
  })
  .get('/notices/files/:id', aboutFile('A file that hangs on a notice', FILE), valid('param', id), async (c) => {
    const { content, name, isPublic } = await readFile(c.get('ctx'), c.req.valid('param').id, 'file');
    return c.body(new Uint8Array(content), 200, {
      // Saved under its name, never opened as a page of ours.
      'Content-Type': FILE,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': kept(isPublic),
    });
  })
  .get('/notices/:id', about('One notice', noticeView), valid('param', id), async (c) =>
    reply(c, await readNotice(c.get('ctx'), c.req.valid('param').id)),
  )
  .post('/notices/:id/read', aboutNothing('Note that a notice was read'), valid('param', id), async (c) => {
    await markRead(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  });
