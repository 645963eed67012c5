/** One widget a question type. A type without a widget does not compile here. */
import type { Component } from 'vue';
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import ChoiceQuestion from './ChoiceQuestion.vue';
import ChoicesQuestion from './ChoicesQuestion.vue';
import ConsentQuestion from './ConsentQuestion.vue';
import DateQuestion from './DateQuestion.vue';
import IdNumberQuestion from './IdNumberQuestion.vue';
import MoneyQuestion from './MoneyQuestion.vue';
import NoticeQuestion from './NoticeQuestion.vue';
import NumberQuestion from './NumberQuestion.vue';
import PersonQuestion from './PersonQuestion.vue';
import PhoneQuestion from './PhoneQuestion.vue';
import PhotosQuestion from './PhotosQuestion.vue';
import ResidenceQuestion from './ResidenceQuestion.vue';
import RowsQuestion from './RowsQuestion.vue';
import TextQuestion from './TextQuestion.vue';
import UnitQuestion from './UnitQuestion.vue';
import YesQuestion from './YesQuestion.vue';

export const questionWidgets = {
  text: TextQuestion,
  choice: ChoiceQuestion,
  choices: ChoicesQuestion,
  yes: YesQuestion,
  date: DateQuestion,
  phone: PhoneQuestion,
  person: PersonQuestion,
  unit: UnitQuestion,
  residence: ResidenceQuestion,
  photos: PhotosQuestion,
  idNumber: IdNumberQuestion,
  money: MoneyQuestion,
  number: NumberQuestion,
  rows: RowsQuestion,
  consent: ConsentQuestion,
  notice: NoticeQuestion,
} satisfies Record<QuestionKind, Component>;

/** Kinds that are answered by one tap on a page of their own: no main button is needed beside them. */
const oneTap: ReadonlySet<QuestionKind> = new Set(['choice', 'yes', 'consent', 'notice']);
export const isOneTap = (kind: QuestionKind): boolean => oneTap.has(kind);

/** Kinds whose answers are kept on the phone only while the tab is open. */
const secret: ReadonlySet<QuestionKind> = new Set(['idNumber', 'person', 'rows']);
export const isSecret = (kind: QuestionKind): boolean => secret.has(kind);
