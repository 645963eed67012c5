/** What a desk's morning figures are made of. Pure. */

/** What there is at a unit itself. */
export interface FiguresOfUnit {
  unitId: string;
  /** Ids from the city down to the unit, joined by dots. */
  path: string;
  /** Cases come since the last digest, due today, overdue. */
  fresh: number;
  today: number;
  overdue: number;
  /** Birthdays within seven days, and activities today. */
  birthdays: number;
  activities: number;
}

export interface Figures {
  fresh: number;
  today: number;
  overdue: number;
  birthdays: number;
  activities: number;
  /** At all units below. */
  overdueBelow: number;
  birthdaysBelow: number;
  activitiesBelow: number;
}

const NONE: Figures = {
  fresh: 0,
  today: 0,
  overdue: 0,
  birthdays: 0,
  activities: 0,
  overdueBelow: 0,
  birthdaysBelow: 0,
  activitiesBelow: 0,
};

/** Each unit's own figures, and for everything above a unit what is overdue, celebrated and held below. */
export function addUp(units: readonly FiguresOfUnit[]): Map<string, Figures> {
  const all = new Map<string, Figures>();
  for (const { unitId, path, ...own } of units) {
    all.set(unitId, { ...(all.get(unitId) ?? NONE), ...own });
    for (const above of path.split('.').filter((id) => id !== unitId)) {
      const figures = all.get(above) ?? NONE;
      all.set(above, {
        ...figures,
        overdueBelow: figures.overdueBelow + own.overdue,
        birthdaysBelow: figures.birthdaysBelow + own.birthdays,
        activitiesBelow: figures.activitiesBelow + own.activities,
      });
    }
  }
  return all;
}

/** Birthdays and activities of units below are no work of the desk's own: they are said beside other figures only. */
export const isQuiet = (figures: Figures): boolean =>
  Object.entries(figures).every(([name, figure]) => figure === 0 || BELOW.has(name));
const BELOW = new Set<string>(['birthdaysBelow', 'activitiesBelow'] satisfies (keyof Figures)[]);
