import { complain, read, type QuestionType } from '../question.ts';

/** Whole fen: a hundredth of a yuan. Money is never a fraction. */
export type Fen = number & { readonly fen: unique symbol };

export interface MoneyOptions {
  /** The most that may be entered, in fen. */
  max: number;
}

/** An amount, typed in yuan with at most two decimals, kept in whole fen. */
export const money: QuestionType<MoneyOptions, Fen> = {
  chat: 'ask',
  read(raw, { max }) {
    const typed = typeof raw === 'number' ? String(raw) : raw;
    if (typeof typed !== 'string') return complain('not-money');
    const plain = typed.normalize('NFKC').replace(/[,¥元\s]/g, '');
    if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return complain('not-money');
    const [yuan = '', cents = ''] = plain.split('.');
    const fen = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
    if (fen === 0) return complain('not-money');
    return fen > max ? complain('too-much', { max: max / 100 }) : read(fen as Fen);
  },
  load: (stored) => stored,
  show: (stored, say) => say('engine:answers.yuan', { amount: (stored / 100).toFixed(2) }),
  schema: ({ max }) => ({
    type: 'string',
    description: `yuan, at most ${max / 100}`,
    pattern: '^\\d{1,9}(\\.\\d{1,2})?$',
  }),
};
