/**
 * `npm run import -- retirees FILE.csv|.xlsx [--dry-run] [--skip-bad] [--community CODE] [--lang LOCALE]`
 *                    `policy FILE.txt [--dry-run] [--lang LOCALE]`
 * Ends with 0 when all is well, 1 when there were faults and nothing was written, 2 when nothing could be read,
 * 3 when rows were left out (`--skip-bad`).
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadUnits } from '../../../db/seed/load-units.ts';
import { withDatabase } from '../../../db/with-database.ts';
import { localeFor, say } from '../../../locales/index.ts';
import { readConfig } from '../../config.ts';
import { importPolicy } from '../../policy/import-file.ts';
import { dayOf } from '../../dates.ts';
import { readArguments } from './arguments.ts';
import type { ImportArguments } from './arguments.ts';
import { EXIT, importRetirees } from './import-retirees.ts';
import type { ExitCode } from './import-retirees.ts';
import { LARGEST_FILE } from './read-roster.ts';

const terminal = process.env['LANG'];
/** Progress is told from this many people on. */
const LONG_FILE = 2000;

async function run(wanted: ImportArguments): Promise<ExitCode> {
  const found = await stat(wanted.file).catch(() => null);
  if (found && found.size > LARGEST_FILE) {
    console.error(say(wanted.locale, 'import:file.too-large'));
    return EXIT.unusable;
  }
  const bytes = await readFile(wanted.file).catch(() => null);
  if (!bytes) {
    console.error(say(wanted.locale, 'import:noFile', { file: wanted.file }));
    return EXIT.unusable;
  }
  console.error(say(wanted.locale, 'import:reading', { file: wanted.file }));
  return withDatabase(readConfig(process.env), async ({ db }) => {
    if (wanted.what === 'policy') {
      const policy = { ...wanted, bytes, print: (line: string) => console.log(line) };
      return (await importPolicy({ db, clock: () => new Date() }, policy)) ? EXIT.ok : EXIT.unusable;
    }
    await loadUnits(db);
    return importRetirees(db, {
      ...wanted,
      bytes,
      name: basename(wanted.file),
      today: dayOf(new Date()),
      print: (line) => console.log(line),
      onProgress: (done, of) => {
        if (of >= LONG_FILE) console.error(say(wanted.locale, 'import:progress', { done, of }));
      },
    });
  });
}

/** A wrong environment or a database that is away is for the operator to mend: what it says, without a stack. */
function explain(error: unknown): ExitCode {
  console.error(error instanceof Error ? error.message : String(error));
  return EXIT.unusable;
}

const wanted = readArguments(process.argv.slice(2), terminal);
if (wanted) process.exitCode = await run(wanted).catch(explain);
else {
  console.error(say(localeFor(terminal), 'import:usage'));
  process.exitCode = EXIT.unusable;
}
