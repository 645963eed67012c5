/** What every workbook has beside its sheets: as little as the programs that open .xlsx ask for. */
import { cellStyles, escaped, type CellStyle } from './sheet.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const sheetPath = (at: number) => `xl/worksheets/sheet${at + 1}.xml`;

/** Path and text of each part, for sheets with these names in this order. */
export function partsFor(names: readonly string[]): [path: string, text: string][] {
  const each = (one: (name: string, at: number) => string) => names.map(one).join('');
  const stylesId = `r${names.length}`;
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(
        (name, at) => `<sheet name="${escaped(tabName(name))}" sheetId="${at + 1}" r:id="r${at}"/>`,
      )}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each(
        (_, at) => `<Relationship Id="r${at}" Type="${OFFICE}/worksheet" Target="/${sheetPath(at)}"/>`,
      )}<Relationship Id="${stylesId}" Type="${OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r0" Type="${OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each(
        (_, at) => `<Override PartName="/${sheetPath(at)}" ContentType="${TYPE}.worksheet+xml"/>`,
      )}</Types>`,
    ],
  ];
}

/** A tab takes 31 characters, and not these. */
const tabName = (name: string) => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

/** Of numbers, as Excel numbers them: 2 and 4 are its own, from 164 on they are ours. */
const formats: Record<CellStyle, number> = { plain: 0, heading: 0, money: 4, share: 164, rating: 2 };
const FONT = '<color theme="1"/><family val="2"/><scheme val="minor"/>';
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cellStyles.length}">${cellStyles
  .map(
    (style) =>
      `<xf numFmtId="${formats[style]}" fontId="${style === 'heading' ? 1 : 0}" applyNumberFormat="1" applyFont="1"/>`,
  )
  .join('')}</cellXfs></styleSheet>`;
