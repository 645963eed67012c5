/** Phone numbers in a cell that holds several, with who they belong to: 「本人: 13111111111 配偶: 13211111111」. Pure. */
import type { Relation } from '../../../db/schema/access.ts';
import { tidy } from '../../values/characters.ts';
import { parsePhone } from '../../values/phone.ts';
import type { ParsedPhone } from '../../values/phone.ts';

/** A number with the words before it, without marks; '' when there are none. */
export interface LabelledPhone {
  label: string;
  phone: ParsedPhone;
}

export type ContactRelation = Exclude<Relation, 'self'>;

const NUMBER = /(?:\+?86[- ]?)?(?:\(?0\d{2,3}\)?[- ]?)?\d(?:[\d]|[- ](?=\d{4}(?!\d))){5,12}(?:E\+\d+)?/gi;
const OWN = /本人|自己|手机|电话|联系|座机|^$/;
const RELATIONS: readonly [RegExp, ContactRelation][] = [
  [/配偶|丈夫|妻|老伴|爱人|老公|老婆/, 'spouse'],
  [/儿|女|子|孩/, 'child'],
  [/兄|弟|姐|妹|孙|媳|婿|侄|外甥|亲|父|母|家属/, 'relative'],
];

/** Every number in the text, in order. */
export function findPhones(raw: string): LabelledPhone[] {
  const text = tidy(raw);
  let end = 0;
  return [...text.matchAll(NUMBER)].map((match) => {
    const label = text.slice(end, match.index).replace(/[\s::;;,,、/()。.]+/g, '');
    end = match.index + match[0].length;
    return { label, phone: parsePhone(match[0]) };
  });
}

/** Whether a label leaves the number to the retiree. */
export function isOwn(label: string): boolean {
  return OWN.test(label) && relationOf(label) === 'other';
}

/** What a word says of a relative: 配偶 → spouse, 独生子女 → child, 女婿 → relative, anything else → other. */
export function relationOf(word: string): ContactRelation {
  if (/媳|婿|孙|侄|外甥|姐|妹|兄|弟/.test(word)) return 'relative';
  return RELATIONS.find(([pattern]) => pattern.test(word))?.[1] ?? 'other';
}
