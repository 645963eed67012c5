/** A notice as it is read aloud: its sentences in order, and where each piece of it begins among them. */
import type { NoticeView } from '../../api/notices/read-notice.ts';
import { sentencesOf } from '../base/speech.ts';

type Block = NoticeView['body'][number];

const wordsOf = (block: Block): string[] => {
  if (block.is === 'list') return block.items;
  return [block.is === 'picture' ? block.words : block.text];
};

/** Each block with the numbers of the sentences with which its pieces begin; `first` is the number of the very first. */
export function placed(body: readonly Block[], first: number): { block: Block; starts: number[] }[] {
  let at = first;
  return body.map((block) => ({
    block,
    starts: wordsOf(block).map((words) => {
      const start = at;
      at += sentencesOf(words).length;
      return start;
    }),
  }));
}

/** Everything that is read: title, what it is in a sentence, and the text. */
export function spokenParts({ title, summary, body }: Pick<NoticeView, 'title' | 'summary' | 'body'>) {
  const head = sentencesOf(title);
  const sentence = sentencesOf(summary);
  const sentences = [...head, ...sentence, ...body.flatMap(wordsOf).flatMap(sentencesOf)];
  return {
    sentences,
    whole: sentences.join('\n'),
    summaryFirst: head.length,
    bodyFirst: head.length + sentence.length,
  };
}
