/** A backup of two hundred megabytes streams: it holds little of them, and lets go of the database when nobody can take them. */
import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test, vi } from 'vitest';
import { backUp } from '../../../db/backup/back-up.ts';
import { emptyDatabase, using } from './tools.ts';

vi.setConfig({ testTimeout: 90_000 });

let url: string;
beforeAll(async () => {
  url = await emptyDatabase();
  await using(url, async ({ sql }) => {
    await sql`create schema drizzle`;
    await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('', 1)`;
    await sql`create table long (n int, words text)`;
    await sql`insert into long select n, repeat(md5(n::text), 30) from generate_series(1, 200000) n`;
  });
});

/** Throws away what nobody holds any more, so that what is held can be seen. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

test('a disk that is full ends it, and the connection is free again', async () => {
  await using(url, async ({ sql }) => {
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left on device')) });
    await expect(backUp(sql, full, new Date())).rejects.toThrow('no space left');
    expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }]);
  });
});

test('however much there is, no more than a small part is held at once', async () => {
  await using(url, async ({ sql }) => {
    const held = () => {
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const start = held();
    let most = 0;
    let looks = 0;
    let bytes = 0;
    let chunks = 0;
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        chunks += 1;
        if (chunks % 20 === 0) {
          most = Math.max(most, held() - start);
          looks += 1;
        }
        setImmediate(done);
      },
    });
    const { tables } = await backUp(sql, slow, new Date());
    expect(tables.find(({ table }) => table === 'public.long')?.rows).toBe(200_000);
    expect(bytes).toBeGreaterThan(4_000_000);
    // What was held before may have been let go of meanwhile: that it was looked at counts, not that there was more.
    expect(looks).toBeGreaterThan(2);
    // Of two hundred that were read.
    expect(most).toBeLessThan(48 * 1024 * 1024);
  });
});
