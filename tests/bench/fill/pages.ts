/** Writes a long row of things page by page: each page in one transaction with a note that it is done, two under way at a time. */
import type postgres from 'postgres';

const AT_ONCE = 2;

/** Calls `write` for every page that no earlier run has written. */
export async function writePages<T>(
  sql: postgres.Sql,
  stage: string,
  things: Iterable<T>,
  size: number,
  write: (tx: postgres.TransactionSql, page: T[]) => Promise<void>,
): Promise<void> {
  const rows = await sql<{ page: number }[]>`select page from bench.pages where stage = ${stage}`;
  const written = new Set(rows.map((row) => row.page));
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let done = 0;
  const send = async (number: number, page: T[]): Promise<void> => {
    await sql.begin(async (tx) => {
      await tx`set local synchronous_commit = off`;
      await write(tx, page);
      await tx`insert into bench.pages values (${stage}, ${number})`;
    });
    done += page.length;
    tell(stage, done, began);
  };
  for (const [number, page] of pagesOf(things, size)) {
    if (written.has(number)) continue;
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
    const sending: Promise<void> = send(number, page).finally(() => underWay.delete(sending));
    underWay.add(sending);
  }
  await Promise.all(underWay);
}

function* pagesOf<T>(things: Iterable<T>, size: number): Generator<[number, T[]]> {
  let page: T[] = [];
  let number = 0;
  for (const thing of things) {
    page.push(thing);
    if (page.length < size) continue;
    yield [number, page];
    number += 1;
    page = [];
  }
  if (page.length > 0) yield [number, page];
}

function tell(stage: string, done: number, began: number): void {
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round(done / seconds).toLocaleString('en');
  console.log(`${stage}: ${done.toLocaleString('en')} in ${seconds.toFixed(0)} s (${rate}/s)`);
}
