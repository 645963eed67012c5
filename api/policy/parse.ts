/**
 * A regulation as text becomes chapters, articles, items and annexes (第X章, 第X条, （一）, 附件 1). A scan breaks sentences at the end of a
 * page: they are mended, and each mending is told, for somebody to look at before anything is kept. Pure.
 */
import { isPlainDate, type PlainDate } from '../dates.ts';
import type { PartKind } from '../../db/schema/policy.ts';
import { plainLines } from '../values/characters.ts';
import { numberOf } from './numerals.ts';

export interface Part {
  kind: PartKind;
  label: string;
  title: string;
  text: string;
}

export interface ParsedDocument {
  number: string;
  title: string;
  issuer: string;
  issuedOn: PlainDate | null;
  inForceFrom: PlainDate | null;
  inForceUntil: PlainDate | null;
  parts: Part[];
  /** Where two pieces of a broken sentence were put together: the end of the first and the beginning of the second. */
  mended: { label: string; before: string; after: string }[];
  /** What somebody should look at: an article that is missing, or stands twice. */
  doubts: { why: 'missing' | 'twice' | 'no-date' | 'no-number'; label: string }[];
}

const CHAPTER = /^第([〇零一二三四五六七八九十百]+)章[\s　]*(.*)$/;
const ARTICLE = /^第([〇零一二三四五六七八九十百]+)条[\s　]*(.*)$/;
const ITEM = /^[-—]?\s*[（(]([一二三四五六七八九十]+)[）)]\s*(.*)$/;
const ANNEXES = /^[-—]?\s*附\s*件\s*[：:]\s*(.*)$/;
const ANNEX = /^附\s*件\s*(\d+)\s*$/;
const NUMBER = /^\s*([\p{Script=Han}]{2,15}[〔[（(]\d{4}[〕\]）)]\s*第?\d+\s*号)\s*$/u;
const DAY = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/;
const IN_FORCE = /(?:自|从)?\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起\s*(?:施行|实施|执行|生效)/;
const YEARS = /有效期\s*(?:为|限)?\s*([\d一二三四五六七八九十]+)\s*年/;
/** A paragraph that ends so is at its end. */
const ENDS = /[。；：！？.;:!?）)]$/;
const MOST_SHOWN = 12;

/** Reads a regulation. Whoever calls says what is to be done when `parts` has no article. */
export function parseDocument(raw: string): ParsedDocument {
  // A table's columns stay apart.
  const lines = plainLines(raw.replaceAll('\t', '　'))
    .split('\n')
    .map((line) => line.trim());
  const begin = lines.findIndex((line) => CHAPTER.test(line) || ARTICLE.test(line));
  const head = lines.slice(0, begin === -1 ? lines.length : begin).filter(Boolean);
  const annexesAt = lines.findIndex((line, at) => at > begin && (ANNEXES.test(line) || ANNEX.test(line)));
  const body = begin === -1 ? [] : lines.slice(begin, annexesAt === -1 ? lines.length : annexesAt);
  const { parts, mended } = partsOf(body);
  const annexes = annexesAt === -1 ? [] : annexesOf(lines.slice(annexesAt));
  const inForce = inForceOf(parts);
  const found = { ...headOf(head), ...inForce, parts: [...parts, ...annexes], mended };
  return { ...found, doubts: doubtsOf(found) };
}

function headOf(head: readonly string[]): Pick<ParsedDocument, 'number' | 'title' | 'issuer' | 'issuedOn'> {
  const number = head.map((line) => NUMBER.exec(line)?.[1]).find(Boolean) ?? '';
  const dated = head.findIndex((line) => /^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$/.test(line));
  return {
    number: number.replaceAll(/\s/g, ''),
    // The line before the first chapter is the title; a scan leaves a space where it was broken.
    title: (head.at(-1) ?? '').replaceAll(/\s/g, ''),
    issuer: dated > 0 ? (head[dated - 1] ?? '') : '',
    issuedOn: dated > 0 ? dayIn(head[dated] ?? '') : null,
  };
}

/** The text of the chapters: every line begins a part, or goes on with the one before. */
function partsOf(body: readonly string[]): Pick<ParsedDocument, 'parts' | 'mended'> {
  const parts: Part[] = [];
  const mended: ParsedDocument['mended'] = [];
  let article = '';
  for (const line of body.filter(Boolean)) {
    const begun = beginning(line, article);
    if (begun) {
      if (begun.kind === 'article') article = begun.label;
      parts.push(begun);
      continue;
    }
    const last = parts.at(-1);
    if (!last || last.kind === 'chapter') continue;
    if (last.text === '' || ENDS.test(last.text)) last.text += last.text === '' ? line : `\n${line}`;
    else {
      mended.push({ label: last.label, before: last.text.slice(-MOST_SHOWN), after: line.slice(0, MOST_SHOWN) });
      last.text += line;
    }
  }
  return { parts, mended };
}

function beginning(line: string, article: string): Part | null {
  const [, chapter, title = ''] = CHAPTER.exec(line) ?? [];
  if (chapter) return { kind: 'chapter', label: `第${chapter}章`, title, text: '' };
  const [, numeral, text = ''] = ARTICLE.exec(line) ?? [];
  if (numeral) return { kind: 'article', label: `第${numeral}条`, title: '', text };
  const [, item, words = ''] = ITEM.exec(line) ?? [];
  return item && article ? { kind: 'item', label: `${article}（${item}）`, title: '', text: words } : null;
}

/** Annexes are forms and tables: kept line by line. Their titles stand in the list before them. */
function annexesOf(lines: readonly string[]): Part[] {
  const titles = new Map<string, string>();
  const annexes: Part[] = [];
  for (const line of lines) {
    const number = ANNEX.exec(line)?.[1];
    if (number) annexes.push({ kind: 'annex', label: `附件${number}`, title: titles.get(number) ?? '', text: '' });
    else if (annexes.length === 0) {
      const [, listed, title] = /^(\d+)[.．、]\s*(.+)$/.exec(line.replace(ANNEXES, '$1')) ?? [];
      if (listed && title) titles.set(listed, title);
    } else appendLine(annexes.at(-1), line);
  }
  return annexes;
}

function appendLine(annex: Part | undefined, line: string): void {
  if (!annex || (line === '' && annex.text === '')) return;
  annex.text = `${annex.text}${annex.text === '' ? '' : '\n'}${line}`.replace(/\n{3,}/g, '\n\n');
}

/** 「…2024年4月1日起施行，有效期5年」: the first day, and the last of the last year. */
function inForceOf(parts: readonly Part[]): Pick<ParsedDocument, 'inForceFrom' | 'inForceUntil'> {
  const said = parts.findLast(({ text }) => IN_FORCE.test(text))?.text ?? '';
  const inForceFrom = dayIn(IN_FORCE.exec(said)?.[0] ?? '');
  const years = numberOf(YEARS.exec(said)?.[1] ?? '');
  if (!inForceFrom || !years) return { inForceFrom, inForceUntil: null };
  const end = new Date(`${inForceFrom}T00:00:00Z`);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  end.setUTCDate(end.getUTCDate() - 1);
  return { inForceFrom, inForceUntil: end.toISOString().slice(0, 10) as PlainDate };
}

function dayIn(text: string): PlainDate | null {
  const [, year = '', month = '', day = ''] = DAY.exec(text) ?? [];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(written) ? written : null;
}

function doubtsOf({ parts, number, inForceFrom }: Omit<ParsedDocument, 'doubts'>): ParsedDocument['doubts'] {
  const doubts: ParsedDocument['doubts'] = [];
  if (number === '') doubts.push({ why: 'no-number', label: '' });
  if (!inForceFrom) doubts.push({ why: 'no-date', label: '' });
  const seen = new Set<string>();
  for (const { label } of parts) {
    if (seen.has(label)) doubts.push({ why: 'twice', label });
    seen.add(label);
  }
  let expected = 1;
  for (const { kind, label } of parts) {
    if (kind !== 'article') continue;
    const found = numberOf(label.slice(1, -1)) ?? expected;
    if (found > expected) doubts.push({ why: 'missing', label: `${expected}` });
    expected = Math.max(expected, found + 1);
  }
  return doubts;
}
