/** Workbooks as other programs write them: shared texts in runs, prefixes, days of their own formats, and files that are cut off. */
import { strToU8, zipSync } from 'fflate';
import { expect, it, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readXlsx } from '../../../../api/registry/import/xlsx/read-xlsx.ts';
import { workbook } from './workbook.ts';

const MAIN = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRINGS = `<x:sst ${MAIN}><x:si><x:t> 姓名_x000D_</x:t></x:si><x:si><x:r><x:rPr/><x:t>刘</x:t></x:r><x:r><x:t xml:space="preserve">淑兰 &amp; 友</x:t></x:r><x:rPh sb="0" eb="1"><x:t>liu</x:t></x:rPh></x:si></x:sst>`;
const STYLES = `<x:styleSheet ${MAIN}><x:numFmts><x:numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/><x:numFmt numFmtId="177" formatCode="0.00_ "/></x:numFmts><x:cellStyleXfs><x:xf numFmtId="0"/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="176"/><x:xf numFmtId="57"/><x:xf numFmtId="177"/></x:cellXfs></x:styleSheet>`;

async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const [sheet] = await readXlsx(bytes);
  return Array.fromAsync(sheet?.rows() ?? []);
}

/** One sheet, by hand. */
function byHand(rows: string, { from1904 = false, end = '</x:worksheet>' } = {}): Uint8Array {
  const files = {
    'xl/workbook.xml': `<x:workbook ${MAIN} xmlns:r="${OFFICE}"><x:workbookPr date1904="${from1904}"/><x:sheets><x:sheet name="1" sheetId="4" r:id="a"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="a" Type="${OFFICE}/worksheet" Target="/xl/worksheets/s.xml"/><Relationship Id="b" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="c" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': STRINGS,
    'xl/styles.xml': STYLES,
    'xl/worksheets/s.xml': `<x:worksheet ${MAIN}><x:sheetData>${rows}</x:sheetData>${end}`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

test('shared texts are put together from their runs; how they are spoken is left out', async () => {
  const row = '<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="s"><x:v>1</x:v></x:c></x:row>';
  expect(await rowsOf(byHand(row))).toEqual([
    ['', '', ''],
    ['', '姓名', '刘淑兰 & 友'],
  ]);
});

test.each([
  ['a format made by hand', '<x:c s="1"><x:v>36678</x:v></x:c>', false, '2000-06-01'],
  ['one that Chinese Excel has', '<x:c s="2"><x:v>36678.5</x:v></x:c>', false, '2000-06-01'],
  ['days counted from 1904', '<x:c s="1"><x:v>35216</x:v></x:c>', true, '2000-06-01'],
  ['a format for numbers', '<x:c s="3"><x:v>36678</x:v></x:c>', false, '36678'],
  ['no style', '<x:c><x:v>36678</x:v></x:c>', false, '36678'],
  ['a formula with a text', '<x:c t="str"><x:f>A1&amp;B1</x:f><x:v>梓园</x:v></x:c>', false, '梓园'],
  ['a yes', '<x:c t="b"><x:v>1</x:v></x:c>', false, 'TRUE'],
])('a cell of %s', async (_, cell, from1904, text) => {
  expect(await rowsOf(byHand(`<x:row>${cell}</x:row>`, { from1904 }))).toEqual([[text]]);
});

test('a formula that failed says nothing, nor does an empty text', async () => {
  const row = '<x:row><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="str"><x:v> </x:v></x:c><x:c t="s"/></x:row>';
  expect(await rowsOf(byHand(row))).toEqual([]);
});

it('reads what is longer than a piece, whole and as often as asked', async () => {
  const people = Array.from({ length: 3000 }, (_, at) => [`刘${at}`, `4301011948031${at}`, `东方新城𠮷${at}栋`]);
  const cells = people.map((row) => row.map((value) => ({ value, type: String })));
  const [sheet] = await readXlsx(await writeXlsxFile(cells).toBuffer());
  for (let time = 0; time < 2; time += 1) expect(await Array.fromAsync(sheet?.rows() ?? [])).toEqual(people);
});

it('fills merges that reach over empty rows, and none beyond the sheet', async () => {
  const rows = [['甲', '一'], [null], [null, '二'], [null, '三']];
  const bytes = workbook([{ name: '1', rows, merges: ['A1:A3', 'B4:D900'] }]);
  expect(await rowsOf(bytes)).toEqual([
    ['甲', '一'],
    ['甲', ''],
    ['甲', '二'],
    ['', '三'],
  ]);
});

test.each([
  ['cut off', byHand('<x:row><x:c><x:v>1</x:v></x:c></x:row>', { end: '' })],
  ['with rows out of order', byHand('<x:row r="3"/><x:row r="2"/>')],
  ['with a row that no spreadsheet has', byHand('<x:row r="99999999999"><x:c><x:v>1</x:v></x:c></x:row>')],
  ['with a text that is not there', byHand('<x:row><x:c t="s"><x:v>9</x:v></x:c></x:row>')],
  ['without sheets', zipSync({ 'a.txt': strToU8('a') })],
  ['with damaged contents', damaged()],
])('a workbook %s is refused', async (_, bytes) => {
  await expect(readXlsx(bytes)).rejects.toMatchObject({ code: 'broken-xlsx' });
});

/** The sheet is the last part: its packed bytes lie before the list of parts at the end. */
function damaged(): Uint8Array {
  const bytes = byHand('<x:row><x:c><x:v>1</x:v></x:c></x:row>'.repeat(50));
  const list = Buffer.from(bytes).indexOf('PK\u0001\u0002', 0, 'latin1');
  return bytes.fill(0xff, list - 60, list);
}
