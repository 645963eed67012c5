/** What was applied for beside what the registry holds, so that a clerk sees at once what would change. */
import type { CaseDetails } from '../../../api/engine/cases/shapes.ts';

export interface ComparedAnswer {
  key: string;
  question: string;
  shown: string;
  /** What the registry holds of the same thing; null when it holds nothing to compare with. */
  held: { shown: string; changes: boolean } | null;
}

export interface Compared {
  answers: ComparedAnswer[];
  /** What the registry holds and no answer speaks of. */
  others: CaseDetails['before'];
}

/** Pairs answers with what is held under the same key. Both sides name a community; only an answer names its district and street too. */
export function compare({ answers, before }: Pick<CaseDetails, 'answers' | 'before'>): Compared {
  const heldOf = (key: string) => before.find((one) => one.key === key);
  return {
    answers: answers.map(({ key, question, shown }) => {
      const held = heldOf(key);
      return { key, question, shown, held: held ? { shown: held.shown, changes: !shown.endsWith(held.shown) } : null };
    }),
    others: before.filter((one) => !answers.some((answer) => answer.key === one.key)),
  };
}

/** Whether the case is still to be decided: afterwards the registry holds what was decided, and comparing says nothing. */
export const isUndecided = ({ status }: Pick<CaseDetails, 'status'>): boolean =>
  status === 'open' || status === 'returned';
