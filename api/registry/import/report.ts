/** What an import says to the person who ran it: every bad row with line, column and reason, then the sums. */
import type { Locale } from '../../../locales/index.ts';
import { say } from '../../../locales/index.ts';
import type { CheckedRoster } from './check-roster.ts';
import { NOT_KEPT } from './headings.ts';
import type { Column } from './headings.ts';
import type { Roster } from './read-roster.ts';
import type { RowFault } from './row-faults.ts';
import type { WriteOutcome } from './write-roster.ts';

/** The name of a column: as the file has it, else as annex 3 has it. */
export function columnName(locale: Locale, column: Column, label: string | null = null): string {
  return label ?? say(locale, `import:column.${column}`);
}

/** One fault in one line of text: 第 12 行「身份证号」：校验码不对…. */
export function faultLine(locale: Locale, fault: RowFault): string {
  const where = { line: fault.line, column: columnName(locale, fault.column, fault.label), sheet: fault.sheet ?? '' };
  const reason = say(locale, `import:fault.${fault.code}`, fault.params);
  return say(locale, fault.sheet === null ? 'import:at' : 'import:atSheet', { ...where, reason });
}

/** People whom the registry knows otherwise, as faults of their rows. */
export function conflictFaults(locale: Locale, { conflicts }: WriteOutcome): RowFault[] {
  return conflicts.map(({ sheet, line, columns }) => ({
    sheet,
    line,
    column: columns[0] ?? 'idNumber',
    label: null,
    code: 'differs-from-registry',
    params: { columns: columns.map((column) => columnName(locale, column)).join(say(locale, 'import:and')) },
  }));
}

/** What was not read: unknown headings, columns that the registry does not keep, other sheets, footers. */
export function leftOutLines(locale: Locale, roster: Roster, { footers }: CheckedRoster): string[] {
  const and = say(locale, 'import:and');
  const notKept = roster.columns
    .filter((column) => NOT_KEPT.includes(column))
    .map((column) => columnName(locale, column));
  const lines = footers.map(({ sheet, line }) => (sheet === null ? String(line) : `${sheet} ${line}`));
  const parts: [string, string[]][] = [
    ['unknown', roster.unknown],
    ['notKept', notKept],
    ['otherSheets', roster.otherSheets],
    ['footers', lines],
  ];
  return parts
    .filter(([, names]) => names.length > 0)
    .map(([key, names]) => say(locale, `import:leftOut.${key}`, { names: names.join(and) }));
}

/** The sums, and whether anything was written. */
export function summaryLines(
  locale: Locale,
  checked: CheckedRoster,
  outcome: WriteOutcome,
  { dryRun, skipBad }: { dryRun: boolean; skipBad: boolean },
): string[] {
  const badRows = new Set(checked.bad.map(({ sheet, line }) => `${sheet ?? ''} ${line}`)).size;
  const sums = {
    added: outcome.added,
    unchanged: outcome.unchanged,
    bad: badRows,
    conflicts: outcome.conflicts.length,
  };
  const isHeldUp = !skipBad && badRows + sums.conflicts > 0;
  const closing = dryRun ? 'dryRun' : outcome.written ? 'written' : isHeldUp ? 'nothingWritten' : 'nothingNew';
  return [say(locale, 'import:sums', sums), say(locale, `import:closing.${closing}`, sums)];
}
