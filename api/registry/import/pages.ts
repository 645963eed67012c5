/** Cuts a long list into pages for bulk statements: PostgreSQL takes 65,535 parameters in one. */

const ROWS_A_STATEMENT = 500;

export function* pages<T>(rows: readonly T[], size = ROWS_A_STATEMENT): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
