/** The pages of `docs/` that are printed from the code, so that they cannot say anything else than it does. */
import type { z } from 'zod';
import { variables } from '../../api/config.ts';
import { statuses } from '../../db/schema/engine.ts';
import { accessPage } from './access-page.ts';
import { verbNames, verbs } from '../../api/engine/verbs.ts';

/** Page path → its text. */
export function printedPages(): Record<string, string> {
  return { 'docs/configuration.md': configuration(), 'docs/cases.md': cases(), 'docs/access.md': accessPage(note) };
}

const note = 'This page is printed from the code by `npm run docs`; edit the code.';

function configuration(): string {
  const rows = Object.entries(variables).map(
    ([name, schema]) => `| \`${name}\` | ${schema.description ?? ''} | ${defaultOf(schema)} |`,
  );
  return [
    '# Configuration',
    '',
    note,
    '',
    'The environment is read once at the start. A bad value stops the start with its name.',
    '',
    '| variable | what it is for | default |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function defaultOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success) return 'none';
  if (parsed.data === undefined) return '';
  const text = typeof parsed.data === 'string' ? parsed.data : JSON.stringify(parsed.data);
  return /secret/.test(text) ? 'a demo secret, refused in production' : `\`${text}\``;
}

const whoMay = {
  step: 'whom the step names (`by`)',
  staff: 'staff of the unit that must act',
  applicant: 'the applicant, the retiree, relatives who may apply',
  undoer: 'whom the service names (`undo.by`)',
  clock: 'the clock',
} as const;

function cases(): string {
  const rows = verbNames.map((verb) => {
    const { from, by, moves } = verbs[verb];
    const marks = statuses.map((status) => ((from as readonly string[]).includes(status) ? '●' : ''));
    return `| \`${verb}\` | ${whoMay[by]} | ${moves ? 'yes' : ''} | ${marks.join(' | ')} |`;
  });
  return [
    '# Legal moves of a case',
    '',
    note,
    '',
    `| verb | who | moves | ${statuses.join(' | ')} |`,
    `|---|---|---|${statuses.map(() => ':-:|').join('')}`,
    ...rows,
    '',
    "Whether a step offers `approve`, `return`, `reject`, `forward`, `object` or `expire` is the service's to say, in `on`.",
    "`entering` means: decided and in force, still to be typed into the office's own system.",
    '',
  ].join('\n');
}
