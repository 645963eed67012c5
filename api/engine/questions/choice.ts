import { complain, read, type QuestionType } from '../question.ts';

export interface ChoiceOptions {
  of: readonly string[];
}

/** One of a few. The service's text file has the words of each. */
export const choice: QuestionType<ChoiceOptions, string> = {
  chat: 'ask',
  read: (raw, { of }) => (typeof raw === 'string' && of.includes(raw) ? read(raw) : complain('choose-one')),
  load: (stored) => stored,
  show: (stored, _say, _room, label) => label(stored),
  schema: ({ of }) => ({ type: 'string', enum: [...of] }),
};

/** Several of a few, in the order in which they are offered. */
export const choices: QuestionType<ChoiceOptions & { min?: number }, string[]> = {
  chat: 'ask',
  read(raw, { of, min = 1 }) {
    if (!Array.isArray(raw) || !raw.every((one) => of.includes(one))) return complain('choose-some');
    const chosen = of.filter((one) => raw.includes(one));
    return chosen.length < min ? complain('choose-at-least', { min }) : read(chosen);
  },
  load: (stored) => stored,
  show: (stored, say, _room, label) => stored.map(label).join(say('engine:list.and')),
  schema: ({ of, min = 1 }) => ({
    type: 'array',
    items: { type: 'string', enum: [...of] },
    minItems: min,
    uniqueItems: true,
  }),
};
