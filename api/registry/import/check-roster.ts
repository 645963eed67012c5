/** Checks all rows of a roster, and that nobody is in it twice. Pure. */
import type { IdNumber } from '../../values/id-number.ts';
import { checkRow } from './check-row.ts';
import type { Lookups, RetireeRecord } from './check-row.ts';
import type { Roster } from './read-roster.ts';
import type { RowFault } from './row-faults.ts';

export interface CheckedRoster {
  good: RetireeRecord[];
  /** In the order of the file; a row may have several. */
  bad: RowFault[];
}

/** Of two rows with one identity number the first stands, and the second is reported with the line of the first. */
export function checkRoster({ rows }: Roster, lookups: Lookups): CheckedRoster {
  const first = new Map<IdNumber, RetireeRecord>();
  const bad: RowFault[] = [];
  for (const row of rows) {
    const checked = checkRow(row, lookups);
    if ('bad' in checked) {
      bad.push(...checked.bad);
      continue;
    }
    const { good } = checked;
    const twin = first.get(good.idNumber);
    if (twin) bad.push(duplicate(good, twin, row.labels.idNumber ?? null));
    else first.set(good.idNumber, good);
  }
  return { good: [...first.values()], bad };
}

function duplicate({ sheet, line }: RetireeRecord, twin: RetireeRecord, label: string | null): RowFault {
  const first = twin.sheet === null ? String(twin.line) : `${twin.sheet} ${twin.line}`;
  return { sheet, line, column: 'idNumber', label, code: 'duplicate-in-file', params: { first } };
}
