/** Cuts a long list into pages for bulk statements: PostgreSQL takes 65,535 parameters in one. */
const ROWS_A_STATEMENT = 500;

export function* pages<T>(rows: readonly T[], size = ROWS_A_STATEMENT): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

/** The same of rows that come one by one and are never all there. */
export async function* pagesOf<T>(rows: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < ROWS_A_STATEMENT) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
