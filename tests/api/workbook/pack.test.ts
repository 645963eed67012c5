/** A workbook written row by row is one that another program opens, with every row in it, and reads no further than it is asked for. */
import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { packWorkbook } from '../../../api/workbook/pack.ts';
import { pour, ReaderLeft } from '../../../api/workbook/pour.ts';
import { heading, number, text, yuan, type Row, type Sheet } from '../../../api/workbook/sheet.ts';

const sheet = (rows: Sheet['rows'], head: Row[] = []): Sheet => ({ name: '表', widths: [8, 8], head, rows });
const pack = async (sheets: Sheet[], mostRows?: number) =>
  readWorkbook(Buffer.concat(await Array.fromAsync(packWorkbook(sheets, mostRows))));
/** No two pieces of it pack into nothing. */
const long = (n: number) => Array.from({ length: 40 }, (_, at) => Math.sin(n + at)).join(' ');

test('text, numbers, sums and empty cells are read as they were written', async () => {
  const names = ['=1+1', '<b>&"', ' a\tb\nc ', 'A\u0001B\uD800C', '𬌗'];
  const [read] = await pack([
    sheet([names.map(text), [number(3), null, number(null), yuan(12_345), number(0.5, 'share')]]),
  ]);
  expect(read?.data).toEqual([
    ['=1+1', '<b>&"', expect.stringMatching(/^\s?a\tb\nc\s?$/), 'ABC', '𬌗'],
    [3, null, null, 123.45, 0.5],
  ]);
});

test('what is more than a sheet takes goes on on the next, under the same headings', async () => {
  const rows = Array.from({ length: 5 }, (_, at) => [number(at)]);
  const read = await pack([sheet(rows, [[heading('号')]]), sheet([])], 3);
  expect(read.map((one) => [one.sheet, one.data.flat()])).toEqual([
    ['表', ['号', 0, 1]],
    ['表 2', ['号', 2, 3]],
    ['表 3', ['号', 4]],
    ['表', []],
  ]);
});

/** Counts how far it is read, and whether it was let go of. */
function source(most: number) {
  const told = { read: 0, isClosed: false };
  async function* rows(): AsyncGenerator<Row> {
    try {
      for (; told.read < most; told.read += 1) yield [text(long(told.read))];
    } finally {
      told.isClosed = true;
    }
  }
  return { told, rows: rows() };
}

test('nothing is read that nobody takes; whoever leaves ends the reading', async () => {
  const { told, rows } = source(100_000);
  const { readable, poured } = pour(packWorkbook([sheet(rows)]), 60_000, 1);
  poured.catch(() => {});
  const reader = readable.getReader();
  await reader.read();
  await reader.cancel();
  await expect(poured).rejects.toThrow(ReaderLeft);
  expect(told.isClosed).toBe(true);
  expect(told.read).toBeLessThan(1000);
});

test('whoever takes nothing for too long is taken for gone, and gets no whole file', async () => {
  const { told, rows } = source(100_000);
  const { readable, poured } = pour(packWorkbook([sheet(rows)]), 1, 1);
  await expect(poured).rejects.toThrow(ReaderLeft);
  expect(told.isClosed).toBe(true);
  await expect(Array.fromAsync(readable)).rejects.toThrow('The file broke off.');
});

test('what fails half way breaks off, and tells the reader nothing of why', async () => {
  async function* failing(): AsyncGenerator<Row> {
    yield [text('一')];
    throw new Error('of 王五');
  }
  const { readable, poured } = pour(packWorkbook([sheet(failing())]), 60_000);
  await expect(poured).rejects.toThrow('of 王五');
  await expect(Array.fromAsync(readable)).rejects.toThrow(/^The file broke off\.$/);
});
