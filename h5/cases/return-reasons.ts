/** What staff said when they last returned a case: everything missing, at once (一次性告知). */
import type { CaseDetails } from '../../api/engine/cases/shapes.ts';

export function returnReasons({ timeline }: Pick<CaseDetails, 'timeline'>): string[] {
  return timeline.findLast((entry) => entry.verb === 'return')?.said.map((one) => one.shown) ?? [];
}
