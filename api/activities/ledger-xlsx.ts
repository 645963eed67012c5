/** The ledger of an activity as a workbook: the totals on one sheet, everybody on another. */
import writeXlsxFile from 'write-excel-file/node';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { readActivityLedger } from './ledger.ts';

/** Counts are numbers; everything else is text and stays text, whatever it begins with. */
const count = (value: number) => ({ value, type: Number });
const text = (value: string) => ({ value, type: String });
const head = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
const widths = (...all: number[]) => all.map((width) => ({ width }));

/** @throws what `readActivityLedger` throws */
export async function activityLedgerXlsx(ctx: Ctx, id: string): Promise<Buffer> {
  const { title, when, place, unit, total, units, rows } = await readActivityLedger(ctx, id);
  const t = (key: string, params = {}) => say(ctx.locale, `activities:ledger.${key}`, params);
  const headings = (...names: string[]) => names.map((name) => head(t(`columns.${name}`)));
  const sumCells = (sums: typeof total) => [
    count(sums.signedUp),
    count(sums.came),
    count(sums.signedUp - sums.came),
    count(sums.companions),
  ];
  return writeXlsxFile([
    {
      sheet: t('totals'),
      data: [
        [head(t('title', { title }))],
        [text(unit.name), text(when), text(place)],
        headings('unit', 'signedUp', 'came', 'absent', 'companions'),
        ...units.map((one) => [text(one.unit), ...sumCells(one)]),
        [head(t('all')), ...sumCells(total)],
      ],
      columns: widths(24, 24, 16, 12, 14),
    },
    {
      sheet: t('people'),
      data: [
        headings('number', 'name', 'unit', 'signedUpBy', 'companion', 'cameAt', 'checkedBy'),
        ...rows.map((row, at) => [
          count(at + 1),
          text(row.name),
          text(row.unit),
          text(t(`by.${row.by}`)),
          text(row.companion ? t('one') : ''),
          text(row.came?.at ?? t('didNotCome')),
          text(row.came?.by ?? ''),
        ]),
      ],
      columns: widths(8, 12, 20, 14, 10, 26, 14),
    },
  ]).toBuffer();
}
