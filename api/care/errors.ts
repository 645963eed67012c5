/** What care payments refuse, with the figures. Words: `locales/<language>/errors.json`. */
import { AppError } from '../errors.ts';
import { yuanOf } from './money.ts';

export interface CeilingFigures {
  name: string;
  limitFen: number;
  usedFen: number;
  /** The words of what it is for. */
  kind: string;
}

export interface BudgetFigures {
  unit: string;
  year: number;
  kind: string;
  totalFen: number;
  reservedFen: number;
  spentFen: number;
  wantedFen: number;
}

/** The person was given as much as the rules allow. */
export const overCeiling = ({ name, limitFen, usedFen, kind }: CeilingFigures) =>
  new AppError('over-ceiling', 422, {
    name,
    kind,
    limit: yuanOf(limitFen),
    used: yuanOf(usedFen),
    left: yuanOf(Math.max(limitFen - usedFen, 0)),
  });
/** It can be given once, and was. */
export const givenAlready = ({ name, kind }: Pick<CeilingFigures, 'name' | 'kind'>) =>
  new AppError('given-already', 422, { name, kind });
export const overBudget = ({ unit, year, kind, totalFen, reservedFen, spentFen, wantedFen }: BudgetFigures) =>
  new AppError('over-budget', 422, {
    unit,
    year,
    kind,
    total: yuanOf(totalFen),
    reserved: yuanOf(reservedFen),
    spent: yuanOf(spentFen),
    left: yuanOf(totalFen - reservedFen - spentFen),
    wanted: yuanOf(wantedFen),
  });
export const noBudget = (figures: Pick<BudgetFigures, 'unit' | 'year' | 'kind'>) =>
  new AppError('no-budget', 422, { ...figures });
/** More was reserved or spent than the line would hold. */
export const belowUse = () => new AppError('below-use', 422);
/** 第二十条: whatever changes a budget names the 批复. */
export const needsApproval = () => new AppError('needs-approval', 422);
export const outsideYear = (year: number) => new AppError('outside-year', 422, { year });
export const alreadySettled = () => new AppError('already-settled', 409);
/** The wrong age, no ceiling of this day, or somebody who died (or lives, for bereavement). */
export const notDue = () => new AppError('not-due', 422);
export const nothingReserved = () => new AppError('nothing-reserved', 409);
/** What is approved in a case is given back by deciding the case. */
export const inACase = () => new AppError('in-a-case', 409);
export const inTheFuture = () => new AppError('paid-in-the-future', 422);
export const batchChanged = (version: number) => new AppError('batch-changed', 409, {}, { version });
export const batchThere = (id: string) => new AppError('batch-there', 409, {}, { id });
export const batchTooLarge = (max: number) => new AppError('batch-too-large', 422, { max });
export const nobodyDue = () => new AppError('nobody-due', 422);
/** Nothing was approved; those whose ceiling is reached are named with their figures. */
export const batchRefused = (count: number, refused: Refused[]) =>
  new AppError('batch-refused', 422, { count }, { refused });

export interface Refused {
  retireeId: string;
  name: string;
  limitFen: number;
  usedFen: number;
  fen: number;
}

export const flagsChanged = (version: number) => new AppError('flags-changed', 409, {}, { version });
