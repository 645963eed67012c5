/** What a workbook says of itself: its sheets, and where their texts and styles are. */
import type { Parts } from './parts.ts';
import { walk } from './walk.ts';

export interface Contents {
  sheets: { name: string; part: string }[];
  /** Names of parts; null when the workbook has none. */
  strings: string | null;
  styles: string | null;
  /** Whether days are counted from 1904, as the first Excel for the Mac did. */
  from1904: boolean;
}

interface Tag {
  tag: string;
  attributes: Record<string, string>;
}

/** Throws when there is no sheet. */
export async function readContents(parts: Parts): Promise<Contents> {
  const relations = (await tagsOf(parts, 'xl/_rels/workbook.xml.rels')).filter(({ tag }) => tag === 'Relationship');
  const targets = relations.map(({ attributes }) => ({ ...attributes, part: partOf(attributes['Target'] ?? '') }));
  const ofKind = (kind: string) =>
    targets.find((target: Record<string, string>) => target['Type']?.endsWith(`/${kind}`))?.part ?? null;
  const tags = await tagsOf(parts, 'xl/workbook.xml');
  const sheets = tags
    .filter(({ tag }) => tag === 'sheet')
    .map(({ attributes }) => ({
      name: attributes['name'] ?? '',
      part: targets.find((target: Record<string, string>) => target['Id'] === relationOf(attributes))?.part ?? '',
    }));
  if (sheets.length === 0) throw new Error('a workbook without a sheet');
  const about = tags.find(({ tag }) => tag === 'workbookPr')?.attributes ?? {};
  return {
    sheets,
    strings: ofKind('sharedStrings'),
    styles: ofKind('styles'),
    from1904: ['1', 'true'].includes(about['date1904'] ?? ''),
  };
}

function tagsOf(parts: Parts, name: string): Promise<Tag[]> {
  return Array.fromAsync(
    walk<Tag>(parts.read(name), (give) => ({ open: (tag, attributes) => give({ tag, attributes }) })),
  );
}

/** `r:id`, whatever the prefix is. */
function relationOf(attributes: Record<string, string>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
}

function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}
