import { plainLines } from '../../values/characters.ts';
import { complain, read, type QuestionType } from '../question.ts';

export interface TextOptions {
  max?: number;
  min?: number;
  /** A person's name: it is shown to others in messages, so nothing else may stand in it. */
  name?: boolean;
}

/** Letters of any script, with what stands between the parts of a name (阿依古丽·买买提, O’Brien). */
const NAME = /^\p{L}[\p{L}\p{M} .·•'’-]*$/u;

/** The most that one chat message can hold. */
const MOST = 4096;

/** Words. Trimmed, line ends made one kind, control characters (but line breaks) dropped. */
export const text: QuestionType<TextOptions, string> = {
  chat: 'ask',
  read(raw, { max = 500, min = 1, name = false }) {
    if (typeof raw !== 'string') return complain('not-words');
    if (raw.length > MOST * 4) return complain('too-long', { max });
    const words = plainLines(raw);
    const length = [...words].length;
    if (length < min) return complain('empty');
    if (length > max) return complain('too-long', { max, over: length - max });
    return name && !NAME.test(words) ? complain('not-a-name') : read(words);
  },
  load: (stored) => stored,
  show: (stored) => stored,
  schema: ({ max = 500, min = 1 }) => ({ type: 'string', minLength: min, maxLength: max }),
};
