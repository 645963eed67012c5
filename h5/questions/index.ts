/** The widget of each question type; types that look alike share one. A type without a widget does not compile here. */
import type { Component } from 'vue';
import type { QuestionView } from '../../api/engine/drafts/view.ts';
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import ChoiceQuestion from './ChoiceQuestion.vue';
import ChoicesQuestion from './ChoicesQuestion.vue';
import DateQuestion from './DateQuestion.vue';
import MonthQuestion from './MonthQuestion.vue';
import MoneyQuestion from './MoneyQuestion.vue';
import NoticeQuestion from './NoticeQuestion.vue';
import NumberQuestion from './NumberQuestion.vue';
import PersonQuestion from './PersonQuestion.vue';
import PhotosQuestion from './PhotosQuestion.vue';
import ResidenceQuestion from './ResidenceQuestion.vue';
import RowsQuestion from './RowsQuestion.vue';
import TextQuestion from './TextQuestion.vue';
import UnitQuestion from './UnitQuestion.vue';
import { isLongChoice } from './widget.ts';

export const questionWidgets = {
  text: TextQuestion,
  choice: ChoiceQuestion,
  choices: ChoicesQuestion,
  yes: ChoiceQuestion,
  date: DateQuestion,
  month: MonthQuestion,
  phone: NumberQuestion,
  person: PersonQuestion,
  unit: UnitQuestion,
  residence: ResidenceQuestion,
  photos: PhotosQuestion,
  idNumber: NumberQuestion,
  money: MoneyQuestion,
  number: NumberQuestion,
  rows: RowsQuestion,
  consent: ChoiceQuestion,
  notice: NoticeQuestion,
} satisfies Record<QuestionKind, Component>;

/** Kinds that are answered by one tap on a page of their own: no main button is needed beside them. */
const oneTap: ReadonlySet<QuestionKind> = new Set(['choice', 'yes', 'consent', 'notice']);
export const isOneTap = (question: QuestionView): boolean => oneTap.has(question.kind) && !isLongChoice(question);

/** Kinds whose answers are kept on the phone only while the tab is open. */
const secret: ReadonlySet<QuestionKind> = new Set(['idNumber', 'person', 'rows']);
export const isSecret = (kind: QuestionKind): boolean => secret.has(kind);
