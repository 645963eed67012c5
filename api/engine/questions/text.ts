import { plainLines } from '../../values/characters.ts';
import { complain, read, type QuestionType } from '../question.ts';

export interface TextOptions {
  max?: number;
  min?: number;
}

/** The most that one chat message can hold. */
const MOST = 4096;

/** Words. Trimmed, line ends made one kind, control characters (but line breaks) dropped. */
export const text: QuestionType<TextOptions, string> = {
  chat: 'ask',
  read(raw, { max = 500, min = 1 }) {
    if (typeof raw !== 'string') return complain('not-words');
    if (raw.length > MOST * 4) return complain('too-long', { max });
    const words = plainLines(raw);
    const length = [...words].length;
    if (length < min) return complain('empty');
    if (length > max) return complain('too-long', { max, over: length - max });
    return read(words);
  },
  load: (stored) => stored,
  show: (stored) => stored,
  schema: ({ max = 500, min = 1 }) => ({ type: 'string', minLength: min, maxLength: max }),
};
