/** Checks all rows of a roster, and that nobody is in it twice. Pure. */
import type { IdNumber } from '../../values/id-number.ts';
import { checkRow } from './check-row.ts';
import type { Lookups, RetireeRecord } from './check-row.ts';
import { isFooter } from './read-roster.ts';
import type { Roster, RosterRow } from './read-roster.ts';
import type { RowFault } from './row-faults.ts';

export interface CheckedRoster {
  /** How many rows are somebody's. */
  people: number;
  /** In the order of the file; a row may have several. */
  bad: RowFault[];
  /** Lines below the headings that hold no person (合计, 填表人 …). */
  footers: Pick<RosterRow, 'sheet' | 'line'>[];
  /** The rows that may be written, read from the file once more. */
  good: () => AsyncIterable<RetireeRecord>;
}

/**
 * Of two rows with one identity number the first stands, and the second is reported with the line of the first. What stays of a
 * good row is where its number stands: a roster of 100,000 is not held.
 */
export async function checkRoster(roster: Roster, lookups: Lookups): Promise<CheckedRoster> {
  const first = new Map<IdNumber, string>();
  const bad: RowFault[] = [];
  const footers: CheckedRoster['footers'] = [];
  let people = 0;
  for await (const row of roster.lines()) {
    if (isFooter(row)) {
      footers.push({ sheet: row.sheet, line: row.line });
      continue;
    }
    people += 1;
    const checked = checkRow(row, lookups);
    if ('bad' in checked) {
      bad.push(...checked.bad);
      continue;
    }
    const twin = first.get(checked.good.idNumber);
    if (twin === undefined) first.set(checked.good.idNumber, placeOf(row));
    else bad.push(duplicate(row, twin));
  }
  return { people, bad, footers, good: () => goodRows(roster, lookups, first) };
}

async function* goodRows(
  roster: Roster,
  lookups: Lookups,
  first: ReadonlyMap<IdNumber, string>,
): AsyncGenerator<RetireeRecord> {
  for await (const row of roster.lines()) {
    const checked = isFooter(row) ? null : checkRow(row, lookups);
    if (checked && 'good' in checked && first.get(checked.good.idNumber) === placeOf(row)) yield checked.good;
  }
}

function duplicate({ sheet, line, labels }: RosterRow, first: string): RowFault {
  const label = labels.idNumber ?? null;
  return { sheet, line, column: 'idNumber', label, code: 'duplicate-in-file', params: { first } };
}

function placeOf({ sheet, line }: RosterRow): string {
  return sheet === null ? String(line) : `${sheet} ${line}`;
}
