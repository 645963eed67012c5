/** 统计: how a unit and those below it did in a period. */
import { say } from '../../locales/index.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { allServices } from '../engine/catalogue.ts';
import { serviceKey } from '../engine/texts.ts';
import { AppError, notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';
import {
  countDecided,
  countedUntil,
  countReceived,
  countWaiting,
  NOTHING_COUNTED,
  readDecided,
  readReceived,
  sumBudgets,
} from './count.ts';
import {
  countGroups,
  countHeld,
  countVisits,
  readHeld,
  readPaid,
  readVisits,
  sumPaid,
  type Counted,
  type Held,
} from './count-doings.ts';
import { placesOf } from './places.ts';
import {
  isSpecial,
  monthsOf,
  MOST_MONTHS,
  ratingOf,
  ratingsBeside,
  sourcesOf,
  type Period,
  type Sources,
} from './rules.ts';
import type { Figures, UnitFigures } from './shapes.ts';
import { countsOf, starsOf, type Decided, type Rated, type Received } from './tally.ts';

export interface FiguresQuery {
  unit: string;
  /** This year so far, when left out. */
  from?: PlainDate | undefined;
  to?: PlainDate | undefined;
}

/** What was counted, before it is put into tables. */
interface Found {
  received: Received[];
  decided: Decided[];
  waiting: { branch: number; waiting: number; overdue: number }[];
  paid: { branch: number; fen: number }[];
  budgets: { branch: number; fen: number }[];
  held: Held[];
  groups: Counted[];
  visits: Counted[];
}

/** @throws not-signed-in, not-allowed, not-found, bad-period */
export async function readFigures(ctx: Ctx, query: FiguresQuery): Promise<Figures> {
  const { city, db } = ctx;
  const unit = city.units.get(query.unit);
  if (!unit) throw notFound();
  ensureCan(ctx.actor, 'figures.read', { unitPath: unit.path });
  const now = ctx.clock();
  const period = periodOf(query, dayOf(now));
  const below = city.units.children(unit.id);
  const places = placesOf(unit, below, city.units);
  // Below the city there are few enough cases to count them as they are now.
  const until = unit.parentId === null ? await countedUntil(db) : NOTHING_COUNTED;
  const [sources, doings] = [sourcesOf(period, until.cases), sourcesOf(period, until.doings)];
  const [received, decided, waiting, paid, budgets, held, groups, visits] = await Promise.all([
    both(
      sources,
      (part) => countReceived(db, places, period, part),
      (part) => readReceived(db, places, period, part),
    ),
    both(
      sources,
      (part) => countDecided(db, places, period, part),
      (part) => readDecided(db, places, period, part),
    ),
    countWaiting(db, places, now),
    both(
      doings,
      (part) => sumPaid(db, places, part),
      (part) => readPaid(db, places, part),
    ),
    sumBudgets(db, places, period),
    both(
      doings,
      (part) => countHeld(db, places, part, now),
      (part) => readHeld(db, places, part),
    ),
    countGroups(db, places),
    both(
      doings,
      (part) => countVisits(db, places, part),
      (part) => readVisits(db, places, part),
    ),
  ]);
  const found = { received, decided, waiting, paid, budgets, held, groups, visits };
  return {
    unit: { id: unit.id, name: unit.name },
    above: aboveOf(ctx, unit),
    ...period,
    at: now.toISOString(),
    total: {
      ...figuresOf(found),
      rating: ratingOf(starsOf(decided.filter(({ branch }) => branch !== null))),
      activityRating: ratingOf(starsOf(held)),
    },
    branches: below.length === 0 ? [] : branchesOf(found, [unit, ...below]),
    months: monthsOf(period).map((day, at) => ({
      month: day.slice(0, 7),
      ...countsOf(
        received.filter(({ month }) => month === at),
        decided.filter(({ month }) => month === at),
      ),
    })),
    services: servicesOf(ctx, found),
  };
}

/** @throws bad-period when it ends before it begins, or is longer than five years */
export function periodOf({ from, to }: FiguresQuery, today: PlainDate): Period {
  const last = to ?? today;
  const period = { from: from ?? (`${last.slice(0, 4)}-01-01` as PlainDate), to: last };
  const tooLong = Number(period.to.slice(0, 4)) - Number(period.from.slice(0, 4)) > MOST_MONTHS / 12;
  if (period.from > period.to || tooLong || monthsOf(period).length > MOST_MONTHS)
    throw new AppError('bad-period', 400);
  return period;
}

/** What was counted at night, and what is counted now before and after it. */
async function both<Row>(
  { night, live }: Sources,
  count: (part: Period) => Promise<Row[]>,
  read: (part: Period) => Promise<Row[]>,
): Promise<Row[]> {
  return (await Promise.all([...live.map(count), ...(night ? [read(night)] : [])])).flat();
}

function aboveOf({ actor, city: { units } }: Ctx, { parentId }: Unit): Figures['above'] {
  const parent = parentId === null ? null : units.get(parentId);
  if (!parent || !can(actor, 'figures.read', { unitPath: parent.path })) return null;
  return { id: parent.id, name: parent.name };
}

/** Of one branch, or of all. */
function figuresOf(found: Found, branch?: number): Omit<UnitFigures, 'rating' | 'activityRating'> {
  const isIt = (row: { branch: number | null }) =>
    row.branch !== null && (branch === undefined || row.branch === branch);
  const sum = <Row extends { branch: number }>(rows: Row[], of: (row: Row) => number) =>
    rows.filter(isIt).reduce((total, row) => total + of(row), 0);
  return {
    ...countsOf(found.received.filter(isIt), found.decided.filter(isIt)),
    waiting: sum(found.waiting, (row) => row.waiting),
    overdue: sum(found.waiting, (row) => row.overdue),
    paidFen: sum(found.paid, ({ fen }) => fen),
    budgetFen: sum(found.budgets, ({ fen }) => fen),
    activities: sum(found.held, (row) => row.activities),
    came: sum(found.held, (row) => row.came),
    groups: sum(found.groups, ({ count }) => count),
    visits: sum(found.visits, ({ count }) => count),
  };
}

function branchesOf(found: Found, units: readonly Unit[]): Figures['branches'] {
  const beside = (rows: readonly (Rated & { branch: number | null })[]) =>
    ratingsBeside(units.map((_, at) => starsOf(rows.filter(({ branch }) => branch === at))));
  const [ratings, activityRatings] = [beside(found.decided), beside(found.held)];
  return units.map(({ id, name }, at) => ({
    unit: { id, name },
    own: at === 0,
    ...figuresOf(found, at),
    rating: ratings[at] ?? null,
    activityRating: activityRatings[at] ?? null,
  }));
}

/** Only those that had anything; what speaks of need, illness or death comes last, together. */
function servicesOf({ locale }: Ctx, { received, decided }: Found): Figures['services'] {
  const plain = allServices().filter((service) => !isSpecial(service));
  const known = new Set(plain.map(({ kind }) => kind));
  const rowOf = (isIt: (kind: string) => boolean) =>
    countsOf(
      received.filter(({ kind }) => isIt(kind)),
      decided.filter(({ kind }) => kind !== null && isIt(kind)),
    );
  const rows: Figures['services'] = plain.map(({ kind }) => ({
    kind,
    title: say(locale, serviceKey(kind, 'title')),
    ...rowOf((one) => one === kind),
  }));
  rows.push({ kind: null, title: say(locale, 'figures:special'), ...rowOf((kind) => !known.has(kind)) });
  return rows.filter((row) => row.received > 0 || row.decided > 0);
}
