/** What every question widget is given. It shows one answer, lets it be changed, and never talks to the server about drafts. */
import { inject, type InjectionKey } from 'vue';
import type { QuestionView } from '../../api/engine/drafts/view.ts';
import type { FieldError } from '../base/field-error.ts';

export interface WidgetProps {
  question: QuestionView;
  /** The answer in the shape in which it is sent; null when there is none. */
  modelValue: unknown;
  error: FieldError | null;
  /** The id of the first control: what the error summary leads to. Others are `${id}-${part}`. */
  id: string;
  /** The id of the heading that asks the question; null when the widget must show the label itself (several on a page). */
  heading: string | null;
  /** On a page of its own, tapping a choice answers and goes on, so that one tap is enough. */
  instant?: boolean;
}

/** A widget changes its answer (`update:modelValue`), or answers and goes on (`answer`). */
export interface WidgetEvents {
  'update:modelValue': [value: unknown];
  answer: [value: unknown];
}

/** Sends a picture to where the question's pictures belong. Provided by the page that asks. @throws Problem, Offline */
export type Upload = (file: Blob) => Promise<{ id: string }>;
export const uploadKey: InjectionKey<Upload> = Symbol('upload');

export function useUpload(): Upload {
  const upload = inject(uploadKey);
  if (!upload) throw new Error('The page that asks for photos must provide `uploadKey`.');
  return upload;
}

/** More buttons than this nobody looks through. */
const MOST_BUTTONS = 12;

/** A choice that is made in a list: there is a main button beside it. */
export const isLongChoice = ({ kind, choices }: Pick<QuestionView, 'kind' | 'choices'>): boolean =>
  kind === 'choice' && choices.length > MOST_BUTTONS;

/** The id of a field inside a widget. */
export const partId = (id: string, part: string | null | undefined): string => (part ? `${id}-${part}` : id);

/** The words of an error if it belongs to this part (or to no part, for the first). */
export function errorAt(error: FieldError | null, part: string, isFirst = false): string | null {
  if (!error) return null;
  return error.part === part || (isFirst && error.part === null) ? error.message : null;
}
