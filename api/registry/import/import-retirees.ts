/** Brings a roster of retirees into the registry: read, check, compare, write, and say everything that was found. */
import type { PlainDate } from '../../dates.ts';
import type { Db } from '../../../db/connect.ts';
import { units } from '../../../db/schema/registry.ts';
import type { Locale } from '../../../locales/index.ts';
import { say } from '../../../locales/index.ts';
import { plainLines } from '../../values/characters.ts';
import { checkRoster } from './check-roster.ts';
import { unitFinder } from './find-unit.ts';
import { readRoster } from './read-roster.ts';
import type { Roster } from './read-roster.ts';
import type { RowFault } from './row-faults.ts';
import { columnName, conflictFaults, faultLine, leftOutLines, summaryLines } from './report.ts';
import { writeRoster } from './write-roster.ts';

export interface ImportRequest {
  bytes: Uint8Array;
  /** Of the file; may name the community. */
  name: string;
  today: PlainDate;
  locale: Locale;
  dryRun: boolean;
  /** Write the good rows although there are bad ones. */
  skipBad: boolean;
  /** The community of rows that name none. */
  community: string | null;
  print: (line: string) => void;
  onProgress?: (done: number, of: number) => void;
}

/** Exit codes: all well; faults and nothing written; nothing could be read; written, but rows were left out. */
export const EXIT = { ok: 0, faults: 1, unusable: 2, partly: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Does the whole import and prints its report. Nothing is written unless all rows are good, or `skipBad`. */
export async function importRetirees(db: Db, request: ImportRequest): Promise<ExitCode> {
  const { locale, dryRun, skipBad, today, community } = request;
  // What a cell says goes to a terminal, which obeys control characters.
  const print = (line: string) => request.print(plainLines(line).replaceAll('\n', ' '));
  const read = await readRoster(request.bytes, request.name);
  if (!read.ok) return refuse(request, say(locale, `import:file.${read.code}`));
  const known = await db
    .select({ id: units.id, level: units.level, name: units.name, parentId: units.parentId })
    .from(units);
  if (known.length === 0) return refuse(request, say(locale, 'import:noUnits'));
  if (community !== null && !known.some(({ id, level }) => id === community && level === 'community')) {
    return refuse(request, say(locale, 'import:noSuchOption', { code: community }));
  }
  const { roster } = read;
  const columns = roster.columns.map((column) => columnName(locale, column)).join(say(locale, 'import:and'));
  print(say(locale, 'import:found', { rows: roster.rows.length, columns }));
  const checked = checkRoster(roster, { today, units: unitFinder(known), community });
  const outcome = await writeRoster(db, checked.good, {
    today,
    dryRun: dryRun || (checked.bad.length > 0 && !skipBad),
    skipConflicts: skipBad,
    ...(request.onProgress && { onProgress: request.onProgress }),
  });
  const faults = inFileOrder([...checked.bad, ...conflictFaults(locale, outcome)], roster);
  for (const fault of faults) print(faultLine(locale, fault));
  for (const line of [...leftOutLines(locale, roster), ...summaryLines(locale, checked, outcome, request)]) print(line);
  if (faults.length === 0) return EXIT.ok;
  return skipBad && !dryRun ? EXIT.partly : EXIT.faults;
}

function inFileOrder(faults: readonly RowFault[], { rows }: Roster): RowFault[] {
  const keyOf = ({ sheet, line }: { sheet: string | null; line: number }) => `${line} ${sheet ?? ''}`;
  const order = new Map(rows.map((row, at) => [keyOf(row), at]));
  return faults.toSorted((one, other) => (order.get(keyOf(one)) ?? 0) - (order.get(keyOf(other)) ?? 0));
}

function refuse({ print }: ImportRequest, reason: string): ExitCode {
  print(reason);
  return EXIT.unusable;
}
