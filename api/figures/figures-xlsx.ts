/** The figures as a workbook: the unit and those below it, the months, the services. */
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import type { Workbook } from '../workbook/send.ts';
import { heading, number, text, yuan } from '../workbook/sheet.ts';
import { readFigures, type FiguresQuery } from './read-figures.ts';
import type { Counts, Figures, UnitFigures } from './shapes.ts';

const WIDE = 22;
const NARROW = 14;

/** @throws what `readFigures` throws */
export async function figuresXlsx(ctx: Ctx, query: FiguresQuery): Promise<Workbook> {
  const found = await readFigures(ctx, query);
  const t = (key: string, params = {}) => say(ctx.locale, `figures:${key}`, params);
  const { unit, from, to, total, branches, months, services } = found;
  return {
    name: `figures-${unit.id}-${from}-${to}.xlsx`,
    sheets: [
      {
        name: t('sheets.units'),
        widths: widths(caseColumns.length + unitColumns.length),
        head: [
          [heading(t('title', { unit: unit.name, from, to }))],
          headings(t, 'unit', [...caseColumns, ...unitColumns]),
        ],
        rows: [
          [text(unit.name), ...caseCells(total), ...unitCells(total)],
          ...branches.map((one) => [text(nameOf(one, t)), ...caseCells(one), ...unitCells(one)]),
          [text(t('method'))],
        ],
      },
      {
        name: t('sheets.months'),
        widths: widths(caseColumns.length),
        head: [headings(t, 'month', caseColumns)],
        rows: months.map((one) => [text(one.month), ...caseCells(one)]),
      },
      {
        name: t('sheets.services'),
        widths: widths(caseColumns.length),
        head: [headings(t, 'service', caseColumns)],
        rows: services.map((one) => [text(one.title), ...caseCells(one)]),
      },
    ],
  };
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

const widths = (more: number) => [WIDE, ...Array.from({ length: more }, () => NARROW)];
const headings = (t: T, first: string, columns: readonly string[]) =>
  [first, ...columns].map((name) => heading(t(`columns.${name}`)));
const nameOf = ({ unit, own }: Figures['branches'][number], t: T) => (own ? t('own', { unit: unit.name }) : unit.name);

const caseCells = ({ received, returned, decided, onTime, timed, medianDays, p90Days }: Counts) => [
  number(received),
  number(returned),
  number(decided),
  number(onTime),
  number(timed === 0 ? null : onTime / timed, 'share'),
  number(medianDays),
  number(p90Days),
];

const unitCells = ({ waiting, overdue, rating, paidFen, budgetFen, ...doings }: UnitFigures) => [
  number(waiting),
  number(overdue),
  number(rating?.mean ?? null, 'rating'),
  number(rating?.count ?? null),
  yuan(paidFen),
  yuan(budgetFen),
  number(doings.activities),
  number(doings.came),
  number(doings.activityRating?.mean ?? null, 'rating'),
  number(doings.activityRating?.count ?? null),
  number(doings.groups),
  number(doings.visits),
];
