// Asks the registry whether a package that the product runs on has a known hole. A registry that cannot be asked stops nobody's
// work: the step says so and passes. Whatever else goes wrong is a failure, so that no finding is taken for silence.
import { run, type Outcome } from './run.ts';

/** A step that passed may have something to say all the same. */
export type Audited = Outcome & { note?: string };

/** Longer than this nobody waits for a registry that does not answer. */
const PATIENCE_MS = 60_000;

export async function audit(): Promise<Audited> {
  const { output } = await run('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-timeout=20000'], {
    limit: PATIENCE_MS,
  });
  return judge(output);
}

interface Report {
  vulnerabilities?: Record<
    string,
    { severity: string; range: string; via: (string | { title?: string; url?: string })[] }
  >;
  /** Why there is no report. */
  message?: string;
  /** What the registry answered, when it was reached. */
  statusCode?: number;
}

/** What npm said: nothing found, something found, or the registry could not be asked. */
export function judge(output: string): Audited {
  const report = readReport(output);
  if (report.vulnerabilities) {
    const found = Object.entries(report.vulnerabilities).map(
      ([name, { severity, range, via }]) => `${name} ${range}: ${severity}. ${via.map(wordsOf).join('; ')}`,
    );
    return { ok: found.length === 0, output: found.join('\n') };
  }
  const why = whyNotAsked(report, output);
  return why ? { ok: true, output, note: `npm audit: not checked, ${why}` } : { ok: false, output };
}

/** Why the registry could not be asked; null when that is not what went wrong. */
function whyNotAsked({ message = '', statusCode }: Report, output: string): string | null {
  // This registry has no advisories, is asked too often, or is in trouble.
  if (statusCode && ([404, 405, 429].includes(statusCode) || statusCode >= 500))
    return `the registry answered ${statusCode}`;
  if (/reason: .*(ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)|network timeout/.test(message))
    return 'there is no way to the registry';
  return /stopped: it took too long/.test(output) ? 'the registry did not answer in time' : null;
}

const wordsOf = (via: string | { title?: string; url?: string }): string =>
  typeof via === 'string' ? `by ${via}` : [via.title, via.url].filter(Boolean).join(' ');

/** npm prints warnings around the report. */
function readReport(output: string): Report {
  const [json] = /^\{[\s\S]*^\}/m.exec(output) ?? [];
  try {
    return json ? (JSON.parse(json) as Report) : {};
  } catch {
    return {};
  }
}
