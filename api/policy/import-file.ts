/** `npm run import -- policy FILE.txt`: reads a regulation, says what it found and mended, and keeps it. */
import { say, type Locale } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { decodeText } from '../registry/import/decode-text.ts';
import { keepDocument } from './import-document.ts';
import { parseDocument, type ParsedDocument } from './parse.ts';

export interface PolicyFile {
  bytes: Uint8Array;
  dryRun: boolean;
  locale: Locale;
  print: (line: string) => void;
}

/** @returns whether the file was a regulation; nothing is kept when it was not, or when its number is not known */
export async function importPolicy(ctx: Pick<Ctx, 'db' | 'clock'>, file: PolicyFile): Promise<boolean> {
  const tell = (key: string, params: Record<string, string | number> = {}) =>
    file.print(say(file.locale, `policy:import.${key}`, params));
  const parsed = parseDocument(decodeText(file.bytes));
  const count = (kind: string) => parsed.parts.filter((part) => part.kind === kind).length;
  if (count('article') === 0) {
    tell('noArticles');
    return false;
  }
  tell('found', { number: parsed.number, title: parsed.title, issuer: parsed.issuer });
  tell('counts', { chapters: count('chapter'), articles: count('article'), annexes: count('annex') });
  tell('dates', {
    issued: parsed.issuedOn ?? '—',
    from: parsed.inForceFrom ?? '—',
    until: parsed.inForceUntil ?? '—',
  });
  for (const { label, before, after } of parsed.mended) tell('mended', { label, before, after });
  for (const { why, label } of parsed.doubts) tell(`doubts.${why}`, { label });
  if (parsed.number === '') return false;
  if (!file.dryRun) await keepDocument(ctx, factsOf(parsed), null);
  tell(file.dryRun ? 'dryRun' : 'kept');
  return true;
}

function factsOf({ mended: _mended, doubts: _doubts, ...facts }: ParsedDocument) {
  return facts;
}
