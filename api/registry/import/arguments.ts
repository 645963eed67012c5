/** The command line of `npm run import`. Pure. */
import { parseArgs } from 'node:util';
import { localeFor } from '../../../locales/index.ts';
import type { Locale } from '../../../locales/index.ts';

export interface ImportArguments {
  what: 'retirees' | 'policy';
  file: string;
  dryRun: boolean;
  skipBad: boolean;
  community: string | null;
  locale: Locale;
}

/**
 * Reads `retirees|policy FILE [--dry-run] [--skip-bad] [--community CODE] [--lang LOCALE]`; `null` when it is anything else.
 * Without `--lang` the messages are in the language of the terminal (`LANG`).
 */
export function readArguments(args: readonly string[], terminal: string | undefined): ImportArguments | null {
  const parsed = parse(args);
  const [what, file, ...more] = parsed?.positionals ?? [];
  if (!parsed || (what !== 'retirees' && what !== 'policy') || file === undefined || more.length > 0) return null;
  const { values } = parsed;
  return {
    what,
    file,
    dryRun: values['dry-run'],
    skipBad: values['skip-bad'],
    community: values.community ?? null,
    locale: localeFor(values.lang ?? terminal),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'skip-bad': { type: 'boolean', default: false },
        community: { type: 'string' },
        lang: { type: 'string' },
      },
    });
  } catch {
    return null;
  }
}
