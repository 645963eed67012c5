/** What an operator reads about a backup. */
import type { Manifest } from './form.ts';

export function words(file: string, { tables, sha256 }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${file}: ${rows} rows of ${tables.length} tables, whole (sha256 of the contents ${sha256}).`;
}
