/** What can be found, and in which words: the title counts more than what is said under it. */
import { hasText, locales, say, sayAll } from '../../locales/index.ts';
import type { AskKind } from '../../db/schema/policy.ts';
import type { Block } from '../../db/schema/notices.ts';
import { serviceKey } from '../engine/texts.ts';
import { wordsOf } from '../notices/body.ts';
import { explained } from './plain.ts';

/** Something to be found, before it is indexed. */
export interface Findable {
  kind: AskKind;
  ref: string;
  /** Only for the people of this unit and those below; null for everybody. */
  unitId: string | null;
  fields: { text: string; boost: number }[];
}

const TITLE = 3;
const PLAIN = 2;
const BODY = 1;

export const articleRef = (documentId: string, label: string): string => `${documentId}:${label}`;

/** An article or item of a document. */
export function articleEntry(
  document: { id: string; number: string },
  part: { label: string; title: string; text: string; plain: string },
): Findable {
  const { title, plain } = explained('zh-CN', document.number, part);
  return {
    kind: 'article',
    ref: articleRef(document.id, part.label),
    unitId: null,
    fields: [
      { text: title, boost: TITLE },
      { text: plain, boost: PLAIN },
      { text: part.text, boost: BODY },
    ],
  };
}

/** A service: its title and what people say when they want it, in every language; what is to be known before it. */
export function serviceEntry(kind: string): Findable {
  const words = serviceKey(kind, 'words');
  const before = serviceKey(kind, 'before');
  return {
    kind: 'service',
    ref: kind,
    unitId: null,
    fields: [
      ...locales.flatMap((locale) => [
        { text: say(locale, serviceKey(kind, 'title')), boost: TITLE },
        { text: say(locale, serviceKey(kind, 'summary')), boost: PLAIN },
      ]),
      { text: hasText(words) ? sayAll('zh-CN', words).join(' ') : '', boost: TITLE },
      { text: hasText(before) ? sayAll('zh-CN', before).join(' ') : '', boost: BODY },
    ],
  };
}

/** A notice that is published: for those below its unit. */
export const noticeEntry = (
  notice: { id: string; unitId: string },
  { title, summary, body }: { title: string; summary: string; body: readonly Block[] },
): Findable => ({
  kind: 'notice',
  ref: notice.id,
  unitId: notice.unitId,
  fields: [
    { text: title, boost: TITLE },
    { text: summary, boost: PLAIN },
    { text: wordsOf(body, (words) => words), boost: BODY },
  ],
});

/** A question with its answer. */
export const answerEntry = (one: { id: string; unitId: string; question: string; answer: string }): Findable => ({
  kind: 'answer',
  ref: one.id,
  unitId: one.unitId,
  fields: [
    { text: one.question, boost: TITLE },
    { text: one.answer, boost: BODY },
  ],
});
