import { complain, read, type QuestionType } from '../question.ts';

export interface PhotoOptions {
  min?: number;
  max?: number;
}

/** The ids of uploaded pictures. Whether they belong to this draft is checked when the answer is saved. */
export const photos: QuestionType<PhotoOptions, string[]> = {
  chat: 'ask',
  read(raw, { min = 1, max = 3 }) {
    if (!Array.isArray(raw) || !raw.every((one) => typeof one === 'string')) return complain('no-photos');
    const files = [...new Set(raw)];
    if (files.length < min) return complain('no-photos');
    return files.length > max ? complain('too-many-photos', { max }) : read(files);
  },
  load: (stored) => stored,
  show: (stored, say) => say('engine:answers.photos', { count: stored.length }),
  schema: ({ min = 1, max = 3 }) => ({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    minItems: min,
    maxItems: max,
  }),
};
