/** What a desk's morning figures are made of. Pure. */

/** What waits at a unit itself: come since the last digest, due today, overdue. */
export interface FiguresOfUnit {
  unitId: string;
  /** Ids from the city down to the unit, joined by dots. */
  path: string;
  fresh: number;
  today: number;
  overdue: number;
}

export interface Figures {
  fresh: number;
  today: number;
  overdue: number;
  /** Overdue at all units below. */
  overdueBelow: number;
}

const NONE: Figures = { fresh: 0, today: 0, overdue: 0, overdueBelow: 0 };

/** Each unit's own figures, and for everything above a unit what is overdue below. */
export function addUp(units: readonly FiguresOfUnit[]): Map<string, Figures> {
  const all = new Map<string, Figures>();
  for (const { unitId, path, fresh, today, overdue } of units) {
    all.set(unitId, { ...(all.get(unitId) ?? NONE), fresh, today, overdue });
    for (const above of path.split('.').filter((id) => id !== unitId)) {
      const figures = all.get(above) ?? NONE;
      all.set(above, { ...figures, overdueBelow: figures.overdueBelow + overdue });
    }
  }
  return all;
}

export const isQuiet = (figures: Figures): boolean => Object.values(figures).every((figure) => figure === 0);
