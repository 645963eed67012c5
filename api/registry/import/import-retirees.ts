/** Brings a roster of retirees into the registry: read, check, compare, write, and say everything that was found. */
import type { PlainDate } from '../../dates.ts';
import type { Db } from '../../../db/connect.ts';
import { units } from '../../../db/schema/registry.ts';
import type { Locale } from '../../../locales/index.ts';
import { say } from '../../../locales/index.ts';
import { plainLines } from '../../values/characters.ts';
import { checkRoster } from './check-roster.ts';
import type { CheckedRoster } from './check-roster.ts';
import type { Lookups } from './check-row.ts';
import { unitFinder } from './find-unit.ts';
import { openRoster } from './read-roster.ts';
import type { Roster } from './read-roster.ts';
import type { RowFault } from './row-faults.ts';
import { columnName, conflictFaults, faultLine, leftOutLines, summaryLines } from './report.ts';
import { UnreadableFile } from './sheet.ts';
import type { FileFault } from './sheet.ts';
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
  const known = await db
    .select({ id: units.id, level: units.level, name: units.name, parentId: units.parentId })
    .from(units);
  if (known.length === 0) return refuse(request, say(locale, 'import:noUnits'));
  if (community !== null && !known.some(({ id, level }) => id === community && level === 'community')) {
    return refuse(request, say(locale, 'import:noSuchOption', { code: community }));
  }
  const read = await readAndCheck(request, { today, units: unitFinder(known), community });
  if (!('roster' in read)) return refuse(request, say(locale, `import:file.${read.fault}`));
  const { roster, checked } = read;
  const columns = roster.columns.map((column) => columnName(locale, column)).join(say(locale, 'import:and'));
  print(say(locale, 'import:found', { rows: checked.people, columns }));
  const outcome = await writeRoster(db, checked.good, {
    today,
    dryRun: dryRun || (checked.bad.length > 0 && !skipBad),
    skipConflicts: skipBad,
    ...(request.onProgress && { onProgress: request.onProgress }),
  });
  const faults = inFileOrder([...checked.bad, ...conflictFaults(locale, outcome)], roster);
  for (const fault of faults) print(faultLine(locale, fault));
  for (const line of [...leftOutLines(locale, roster, checked), ...summaryLines(locale, checked, outcome, request)])
    print(line);
  if (faults.length === 0) return EXIT.ok;
  return skipBad && !dryRun ? EXIT.partly : EXIT.faults;
}

async function readAndCheck(
  { bytes, name }: ImportRequest,
  lookups: Lookups,
): Promise<{ roster: Roster; checked: CheckedRoster } | { fault: FileFault }> {
  try {
    const roster = await openRoster(bytes, name);
    return { roster, checked: await checkRoster(roster, lookups) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { fault: error.code };
    throw error;
  }
}

function inFileOrder(faults: readonly RowFault[], { sheets }: Roster): RowFault[] {
  const order = new Map(sheets.map((sheet, at) => [sheet, at]));
  const sheetOf = ({ sheet }: RowFault) => order.get(sheet) ?? 0;
  return faults.toSorted((one, other) => sheetOf(one) - sheetOf(other) || one.line - other.line);
}

function refuse({ print }: ImportRequest, reason: string): ExitCode {
  print(reason);
  return EXIT.unusable;
}
