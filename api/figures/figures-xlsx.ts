/** The figures as a workbook: the unit and those below it, the months, the services. */
import writeXlsxFile from 'write-excel-file/node';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { readFigures, type FiguresQuery } from './read-figures.ts';
import type { Counts, Figures, UnitFigures } from './shapes.ts';

const MONEY = '#,##0.00';
const SHARE = '0.0%';
const WIDE = 22;
const NARROW = 14;

/** Figures are numbers; everything else is text and stays text, whatever it begins with. */
const number = (value: number | null, format?: string) =>
  value === null ? null : { value, type: Number, ...(format && { format }) };
const text = (value: string) => ({ value, type: String });
const head = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });

/** @throws what `readFigures` throws */
export async function figuresXlsx(ctx: Ctx, query: FiguresQuery): Promise<{ file: Buffer; name: string }> {
  const found = await readFigures(ctx, query);
  const t = (key: string, params = {}) => say(ctx.locale, `figures:${key}`, params);
  const { unit, from, to, total, branches, months, services } = found;
  const units = [
    [head(t('title', { unit: unit.name, from, to }))],
    headings(t, 'unit', [...caseColumns, ...unitColumns]),
    [text(unit.name), ...caseCells(total), ...unitCells(total)],
    ...branches.map((one) => [text(nameOf(one, t)), ...caseCells(one), ...unitCells(one)]),
    [text(t('method'))],
  ];
  const file = await writeXlsxFile([
    { sheet: t('sheets.units'), data: units, columns: widths(caseColumns.length + unitColumns.length) },
    {
      sheet: t('sheets.months'),
      data: [headings(t, 'month', caseColumns), ...months.map((one) => [text(one.month), ...caseCells(one)])],
      columns: widths(caseColumns.length),
    },
    {
      sheet: t('sheets.services'),
      data: [headings(t, 'service', caseColumns), ...services.map((one) => [text(one.title), ...caseCells(one)])],
      columns: widths(caseColumns.length),
    },
  ]).toBuffer();
  return { file, name: `figures-${unit.id}-${from}-${to}.xlsx` };
}

type T = (key: string, params?: object) => string;
const caseColumns = ['received', 'returned', 'decided', 'onTime', 'share', 'medianDays', 'p90Days'] as const;
const unitColumns = [
  'waiting',
  'overdue',
  'rating',
  'ratings',
  'paid',
  'budget',
  'activities',
  'came',
  'activityRating',
  'activityRatings',
  'groups',
  'visits',
] as const;

const widths = (more: number) => [{ width: WIDE }, ...Array.from({ length: more }, () => ({ width: NARROW }))];
const headings = (t: T, first: string, columns: readonly string[]) =>
  [first, ...columns].map((name) => head(t(`columns.${name}`)));
const nameOf = ({ unit, own }: Figures['branches'][number], t: T) => (own ? t('own', { unit: unit.name }) : unit.name);

const caseCells = ({ received, returned, decided, onTime, timed, medianDays, p90Days }: Counts) => [
  number(received),
  number(returned),
  number(decided),
  number(onTime),
  number(timed === 0 ? null : onTime / timed, SHARE),
  number(medianDays),
  number(p90Days),
];

const unitCells = ({ waiting, overdue, rating, paidFen, budgetFen, ...doings }: UnitFigures) => [
  number(waiting),
  number(overdue),
  number(rating?.mean ?? null, '0.00'),
  number(rating?.count ?? null),
  number(paidFen / 100, MONEY),
  number(budgetFen / 100, MONEY),
  number(doings.activities),
  number(doings.came),
  number(doings.activityRating?.mean ?? null, '0.00'),
  number(doings.activityRating?.count ?? null),
  number(doings.groups),
  number(doings.visits),
];
