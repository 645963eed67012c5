/** The ledger as a workbook: the totals on one sheet, every payment on another. */
import writeXlsxFile from 'write-excel-file/node';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { readLedger, type Ledger, type LedgerQuery } from './read-ledger.ts';

/** A year of a district; more would not be looked at in a spreadsheet. */
const MOST_ROWS = 20_000;
const MONEY = '#,##0.00';

/** Sums are numbers of yuan; everything else is text and stays text, whatever it begins with. */
const sum = (fen: number) => ({ value: fen / 100, type: Number, format: MONEY });
const count = (value: number) => ({ value, type: Number });
const text = (value: string) => ({ value, type: String });
const head = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });

/** @throws what `readLedger` throws */
export async function ledgerXlsx(ctx: Ctx, query: LedgerQuery): Promise<Buffer> {
  const ledger = await readLedger(ctx, query, MOST_ROWS);
  const t = (key: string, params = {}) => say(ctx.locale, `care:ledger.${key}`, params);
  return writeXlsxFile([
    { sheet: t('totals'), data: totals(ctx, ledger, t), columns: widths(24, 16, 10, 10, 14) },
    { sheet: t('rows'), data: rows(ctx, ledger, t), columns: widths(12, 20, 16, 12, 10, 12, 18, 20, 24) },
  ]).toBuffer();
}

type T = (key: string, params?: object) => string;
const widths = (...all: number[]) => all.map((width) => ({ width }));
const headings = (t: T, ...names: string[]) => names.map((name) => head(t(`columns.${name}`)));

function totals(ctx: Ctx, ledger: Ledger, t: T) {
  return [
    [head(titleOf(ledger, t))],
    headings(t, 'unit', 'kind', 'payments', 'people', 'sum'),
    ...ledger.totals.map(({ unit, kind, payments, people, fen }) => [
      text(unit),
      text(say(ctx.locale, `care:kinds.${kind}`)),
      count(payments),
      count(people),
      sum(fen),
    ]),
    [head(t('all')), null, null, null, sum(ledger.fen)],
  ];
}

function rows(ctx: Ctx, ledger: Ledger, t: T) {
  return [
    headings(t, 'day', 'unit', 'kind', 'name', 'form', 'sum', 'receiver', 'handlers', 'note'),
    ...ledger.rows.map(({ day, unit, kind, name, form, fen, receiver, relation, handlers, reason }) => [
      text(day),
      text(unit),
      text(say(ctx.locale, `care:kinds.${kind}`)),
      text(name),
      text(say(ctx.locale, `care:forms.${form}`)),
      sum(fen),
      text(receiver ? `${receiver}（${say(ctx.locale, `care:relations.${relation ?? 'other'}`)}）` : t('self')),
      text(handlers.join('、')),
      text(reason ?? ''),
    ]),
  ];
}

function titleOf({ unit, year, month }: Ledger, t: T): string {
  return month ? t('monthly', { unit: unit.name, year, month }) : t('yearly', { unit: unit.name, year });
}
