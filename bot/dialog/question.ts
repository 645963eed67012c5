/** A question as the chat holds it, and its mark: what a button of it carries, so that one of an older asking is recognised. */
import type { QuestionView } from '../../api/engine/drafts/view.ts';
import type { PlainDate } from '../../api/dates.ts';
import type { Locale } from '../../locales/index.ts';
import { mark } from './mark.ts';

export type { QuestionView };

/** A question in its place: whose draft, in which language, asked for the first time or to be changed. */
export interface Asking {
  locale: Locale;
  today: PlainDate;
  draft: string;
  /** Named above the question: somebody else whom it is about; empty for oneself. */
  whom: string;
  change: boolean;
  /** Where a page-only question can be answered. */
  link?: string;
}

/** Two askings have one mark when key, kind and choices are the same. */
export const questionMark = (question: Pick<QuestionView, 'key' | 'kind' | 'choices'>): string =>
  mark([question.key, question.kind, ...question.choices.map((choice) => choice.value)].join('\n'));

/** A number among the options that the service chose. */
export function numberOption(question: QuestionView, name: string, otherwise: number): number {
  const value = question.options[name];
  return typeof value === 'number' ? value : otherwise;
}
