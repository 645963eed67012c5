/** The ledger of an activity as a workbook: the totals on one sheet, everybody on another. */
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import type { Workbook } from '../workbook/send.ts';
import { heading, number, text } from '../workbook/sheet.ts';
import { readActivityLedger } from './ledger.ts';

/** @throws what `readActivityLedger` throws */
export async function activityLedgerXlsx(ctx: Ctx, id: string): Promise<Workbook> {
  const { title, when, place, unit, total, units, rows } = await readActivityLedger(ctx, id);
  const t = (key: string, params = {}) => say(ctx.locale, `activities:ledger.${key}`, params);
  const headings = (...names: string[]) => names.map((name) => heading(t(`columns.${name}`)));
  const sumCells = (sums: typeof total) => [
    number(sums.signedUp),
    number(sums.came),
    number(sums.signedUp - sums.came),
    number(sums.companions),
  ];
  return {
    name: 'activity.xlsx',
    sheets: [
      {
        name: t('totals'),
        widths: [24, 24, 16, 12, 14],
        head: [
          [heading(t('title', { title }))],
          [text(unit.name), text(when), text(place)],
          headings('unit', 'signedUp', 'came', 'absent', 'companions'),
        ],
        rows: [...units.map((one) => [text(one.unit), ...sumCells(one)]), [heading(t('all')), ...sumCells(total)]],
      },
      {
        name: t('people'),
        widths: [8, 12, 20, 14, 10, 26, 14],
        head: [headings('number', 'name', 'unit', 'signedUpBy', 'companion', 'cameAt', 'checkedBy')],
        rows: rows.map((row, at) => [
          number(at + 1),
          text(row.name),
          text(row.unit),
          text(t(`by.${row.by}`)),
          text(row.companion ? t('one') : ''),
          text(row.came?.at ?? t('didNotCome')),
          text(row.came?.by ?? ''),
        ]),
      },
    ],
  };
}
