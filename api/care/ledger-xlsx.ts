/** The ledger as a workbook: the totals on one sheet, every payment on another. */
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import type { Workbook } from '../workbook/send.ts';
import { heading, number, text, yuan, type Row } from '../workbook/sheet.ts';
import { openLedger, type LedgerQuery, type LedgerRow, type LedgerSums } from './read-ledger.ts';

/** @throws what `openLedger` throws */
export async function ledgerXlsx(ctx: Ctx, query: LedgerQuery): Promise<Workbook> {
  const { rows, ...sums } = await openLedger(ctx, query);
  const t = (key: string, params = {}) => say(ctx.locale, `care:ledger.${key}`, params);
  const { unit, year, month } = query;
  return {
    name: `care-${unit}-${year}${month ? `-${month}` : ''}.xlsx`,
    sheets: [
      {
        name: t('totals'),
        widths: [24, 16, 10, 10, 14],
        head: [[heading(titleOf(sums, t))], headings(t, 'unit', 'kind', 'payments', 'people', 'sum')],
        rows: totals(ctx, sums, t),
      },
      {
        name: t('rows'),
        widths: [12, 20, 16, 12, 10, 12, 18, 20, 24],
        head: [headings(t, 'day', 'unit', 'kind', 'name', 'form', 'sum', 'receiver', 'handlers', 'note')],
        rows: payments(ctx, rows(), t),
      },
    ],
  };
}

type T = (key: string, params?: object) => string;
const headings = (t: T, ...names: string[]) => names.map((name) => heading(t(`columns.${name}`)));

function totals(ctx: Ctx, sums: LedgerSums, t: T): Row[] {
  return [
    ...sums.totals.map(({ unit, kind, payments: count, people, fen }) => [
      text(unit),
      text(say(ctx.locale, `care:kinds.${kind}`)),
      number(count),
      number(people),
      yuan(fen),
    ]),
    [heading(t('all')), null, null, null, yuan(sums.fen)],
  ];
}

async function* payments(ctx: Ctx, rows: AsyncIterable<LedgerRow>, t: T): AsyncGenerator<Row> {
  for await (const { day, unit, kind, name, form, fen, receiver, relation, handlers, reason } of rows)
    yield [
      text(day),
      text(unit),
      text(say(ctx.locale, `care:kinds.${kind}`)),
      text(name),
      text(say(ctx.locale, `care:forms.${form}`)),
      yuan(fen),
      text(receiver ? `${receiver}（${say(ctx.locale, `care:relations.${relation ?? 'other'}`)}）` : t('self')),
      text(handlers.join('、')),
      text(reason ?? ''),
    ];
}

function titleOf({ unit, year, month }: LedgerSums, t: T): string {
  return month ? t('monthly', { unit: unit.name, year, month }) : t('yearly', { unit: unit.name, year });
}
