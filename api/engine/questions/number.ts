import { complain, read, type QuestionType } from '../question.ts';

export interface NumberOptions {
  min?: number;
  max: number;
}

/** A whole number: years, people. Full-width digits and a unit written behind it (30年) are taken. */
export const number: QuestionType<NumberOptions, number> = {
  chat: 'ask',
  read(raw, { min = 0, max }) {
    const typed = typeof raw === 'number' ? String(raw) : raw;
    const digits =
      typeof typed === 'string' ? /^\s*(\d{1,9})\s*\p{L}?\s*$/u.exec(typed.normalize('NFKC'))?.[1] : undefined;
    const value = Number(digits);
    return digits === undefined || value < min || value > max ? complain('not-a-number', { min, max }) : read(value);
  },
  load: (stored) => stored,
  show: (stored) => String(stored),
  schema: ({ min = 0, max }) => ({ type: 'integer', minimum: min, maximum: max }),
};
