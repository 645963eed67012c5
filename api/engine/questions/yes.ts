import type { ConsentPurpose } from '../../consent-purposes.ts';
import { complain, read, type QuestionType } from '../question.ts';

/** Yes or no. */
export const yes: QuestionType<object, boolean> = {
  chat: 'ask',
  read: (raw) => (typeof raw === 'boolean' ? read(raw) : complain('yes-or-no')),
  load: (stored) => stored,
  show: (stored, say) => say(stored ? 'engine:answers.yes' : 'engine:answers.no'),
  schema: () => ({ type: 'boolean' }),
};

/** Something read and confirmed: not a permission, so it cannot be refused, only left unsent (告知). */
export const notice: QuestionType<object, true> = {
  chat: 'ask',
  read: (raw) => (raw === true ? read(true) : complain('confirm-first')),
  load: (stored) => stored,
  show: (_stored, say) => say('engine:answers.understood'),
  schema: () => ({ const: true }),
};

/** A permission, asked once a purpose, never ticked beforehand. */
export const consent: QuestionType<{ purpose: ConsentPurpose }, boolean> = {
  chat: 'ask',
  read: (raw) => (typeof raw === 'boolean' ? read(raw) : complain('yes-or-no')),
  load: (stored) => stored,
  show: (stored, say) => say(stored ? 'engine:answers.agreed' : 'engine:answers.refused'),
  schema: () => ({ type: 'boolean' }),
};
