/** A roster of one street as an office has it: annex 3 as CSV or as a workbook, invented people. */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import writeXlsxFile from 'write-excel-file/node';
import { crowd } from '../bench/fill/crowd.ts';

const HEADINGS = '序号,姓名,身份证号,性别,退休时间,联系电话,住址,原工作单位,企业性质,移交社区时间,社区,街道'.split(',');
/** 识字里社区 of 文艺路街道. */
export const COMMUNITY = '430102001001';

export async function writeCsv(file: string, people: number): Promise<void> {
  const out = createWriteStream(file);
  for (const row of rows(people)) out.write(`${row.join()}\n`);
  out.end();
  await finished(out);
}

/** With its texts shared among the cells, as spreadsheet programs write them. */
export async function writeWorkbook(file: string, people: number): Promise<void> {
  const cells = Array.from(rows(people), (row) => row.map((value) => ({ value, type: String })));
  await writeFile(file, await writeXlsxFile(cells).toBuffer());
}

function* rows(people: number): Generator<string[]> {
  yield HEADINGS;
  for (const { at, facts } of crowd(people)) {
    const { estate, building, unit, room } = facts.place ?? {};
    const home = [estate, building, unit, room].filter(Boolean).join('');
    const cells = [at + 1, facts.name, facts.idNumber, '', facts.retiredOn, facts.phone, home, facts.employer, '', ''];
    yield [...cells, '识字里社区', '文艺路街道'].map((cell) => String(cell ?? ''));
  }
}
