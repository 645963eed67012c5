/** Which numbers of a workbook are days: a day is stored as a number, and only the style of its cell tells. */
import { strToU8, zipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import type { Contents } from './contents.ts';
import type { Parts } from './parts.ts';
import { walk } from './walk.ts';

/** The day that a number is in a cell of this style, as 2000-06-01; null when that style shows no day. */
export type DayOf = (style: number, number: number) => string | null;

const DAY_MS = 86_400_000;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * The formats that are days are many, by language and made by hand, and read-excel-file knows them, but reads workbooks only
 * whole. So it is asked with one that has the same styles, and for each of them one cell that says 1.
 */
export async function readDays(parts: Parts, { styles: part, from1904 }: Contents): Promise<DayOf> {
  const styles = part === null ? '' : (await Array.fromAsync(parts.read(part))).join('');
  const count = styles === '' ? 0 : await countStyles(styles);
  if (count === 0) return () => null;
  const [sheet] = await readWorkbook(Buffer.from(workbookOf(styles, count, from1904)));
  const zeros = sheet?.data.map(([cell]) => (cell instanceof Date ? cell.getTime() - DAY_MS : null)) ?? [];
  return (style, number) => {
    const zero = zeros[style] ?? null;
    if (zero === null) return null;
    const date = new Date(Math.floor(zero + number * DAY_MS));
    return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
  };
}

async function countStyles(styles: string): Promise<number> {
  let isWithin = false;
  const found = walk<string>(inOne(styles), (give) => ({
    open(tag) {
      if (tag === 'cellXfs') isWithin = true;
      if (tag === 'xf' && isWithin) give(tag);
    },
    close(tag) {
      if (tag === 'cellXfs') isWithin = false;
    },
  }));
  return (await Array.fromAsync(found)).length;
}

async function* inOne(text: string): AsyncGenerator<string> {
  yield text;
}

function workbookOf(styles: string, count: number, from1904: boolean): Uint8Array {
  const rows = Array.from(
    { length: count },
    (_, style) => `<row r="${style + 1}"><c r="A${style + 1}" s="${style}"><v>1</v></c></row>`,
  );
  const files = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${Number(from1904)}"/><sheets><sheet name="1" sheetId="1" r:id="a"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="a" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}
