/** Questions to try the dialog on. */
import type { QuestionKind } from '../../../api/engine/questions/index.ts';
import type { QuestionView } from '../../../bot/dialog/question.ts';

/** A question of a kind, with nothing known and nothing answered. */
export const questionOf = (kind: QuestionKind, more: Partial<QuestionView> = {}): QuestionView => ({
  key: 'asked',
  kind,
  label: '问题？',
  hint: null,
  options: {},
  choices: [],
  optional: null,
  conditional: false,
  chat: 'ask',
  value: null,
  shown: null,
  answered: false,
  revision: 0,
  ...more,
});
