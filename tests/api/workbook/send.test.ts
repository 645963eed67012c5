/** A workbook on its way: whoever goes away gives the connection back, and what fails half way is seen to have failed. */
import { serve, type ServerType } from '@hono/node-server';
import { sql, type SQL } from 'drizzle-orm';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '../../../api/context.ts';
import { router } from '../../../api/http.ts';
import { readPages } from '../../../api/workbook/read-pages.ts';
import { sendWorkbook } from '../../../api/workbook/send.ts';
import { text, type Row } from '../../../api/workbook/sheet.ts';
import { connect, type Connection } from '../../../db/connect.ts';
import { emptyDatabase } from '../../db/backup/tools.ts';

let connection: Connection;
let server: ServerType;
let url: string;
const reported: unknown[] = [];
beforeAll(async () => {
  // With one connection, whoever keeps it keeps everybody out.
  connection = connect(await emptyDatabase(), { max: 1 });
  const app = router()
    .use(async (c, next) => {
      c.set('ctx', { db: connection.db } as Ctx);
      c.set('report', (error) => reported.push(error));
      await next();
    })
    .get('/long', (c) => sendWorkbook(c, ({ db }) => bookOf(db, sql`select repeat(md5(n::text), 40) as words`)))
    .get('/failing', (c) => sendWorkbook(c, ({ db }) => bookOf(db, sql`select (1 / (1500 - n))::text as words`)));
  server = serve({ fetch: app.fetch, port: 0 });
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await connection.close();
});
beforeEach(() => void reported.splice(0));

async function bookOf(db: Ctx['db'], select: SQL) {
  async function* rows(): AsyncGenerator<Row> {
    const query = sql`${select} from generate_series(1, 5000000) n`;
    for await (const { words } of readPages<{ words: string }>(db, 'pages', query)) yield [text(words)];
  }
  return { name: 'long.xlsx', sheets: [{ name: '表', widths: [9], head: [], rows: rows() }] };
}

test('whoever goes away ends the reading, and the next is served', async () => {
  const leaving = new AbortController();
  const { body } = await fetch(`${url}/long`, { signal: leaving.signal });
  await body?.getReader().read();
  leaving.abort();
  expect(await connection.db.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  expect(reported).toEqual([]);
});

test('what fails half way breaks the answer off; the reason is for the log alone', async () => {
  const response = await fetch(`${url}/failing`);
  expect(response.status).toBe(200);
  await expect(response.arrayBuffer()).rejects.toThrow('terminated');
  await expect.poll(() => reported).toHaveLength(1);
  expect(await connection.db.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
});
