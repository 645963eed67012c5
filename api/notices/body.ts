/**
 * The text of a notice, in two forms: the blocks that are kept and shown, and the lines that staff write. A line is a paragraph;
 * `# ` begins a heading, `- ` or `1. ` an item of a list, and `![words](id)` is a picture. Pure.
 */
import type { Block } from '../../db/schema/notices.ts';
import { plainLines } from '../values/characters.ts';

const PICTURE = /^!\[(.*)\]\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/;
const HEADING = /^#{1,6}\s+(.+)$/;
const BULLET = /^[-*•·●]\s+(.+)$/;
const NUMBERED = /^\d{1,3}[.．]\s+(.+)$/;

/** The blocks that lines stand for. */
export function parseBody(text: string): Block[] {
  const blocks: Block[] = [];
  for (const raw of plainLines(text).split('\n')) {
    const line = raw.trim();
    if (line !== '') add(blocks, blockOf(line));
  }
  return blocks;
}

/** Items that follow each other are one list. */
function add(blocks: Block[], block: Block): void {
  const last = blocks.at(-1);
  if (block.is === 'list' && last?.is === 'list' && last.ordered === block.ordered) last.items.push(...block.items);
  else blocks.push(block);
}

function blockOf(line: string): Block {
  const [, words, file] = PICTURE.exec(line) ?? [];
  if (file !== undefined) return { is: 'picture', file, words: (words ?? '').trim() };
  const heading = HEADING.exec(line)?.[1];
  if (heading) return { is: 'heading', text: heading.trim() };
  const bullet = BULLET.exec(line)?.[1];
  if (bullet) return { is: 'list', ordered: false, items: [bullet] };
  const numbered = NUMBERED.exec(line)?.[1];
  if (numbered) return { is: 'list', ordered: true, items: [numbered] };
  return { is: 'paragraph', text: line };
}

/** The lines that stand for blocks: `parseBody(writeBody(blocks))` are the blocks again. */
export function writeBody(blocks: readonly Block[]): string {
  return blocks.map(writeBlock).join('\n\n');
}

function writeBlock(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `# ${block.text}`;
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${item}`).join('\n');
    case 'picture':
      return `![${block.words}](${block.file})`;
  }
}

/** The words alone, a line each, for chat and for reading aloud. `picture` says what stands for one. */
export function wordsOf(blocks: readonly Block[], picture: (words: string) => string): string {
  const linesOf = (block: Block): string[] => {
    if (block.is === 'list') return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '·'} ${item}`);
    if (block.is === 'picture') return [picture(block.words)];
    return [block.text];
  };
  return blocks.flatMap(linesOf).join('\n');
}

/** The pictures inside. */
export const picturesIn = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => (block.is === 'picture' ? [block.file] : []));
