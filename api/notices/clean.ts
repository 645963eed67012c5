/**
 * What was copied from Word or a web page, as the lines that a notice is written in. A sanitizer lets nothing through but the tags that
 * are named here; of those only the words are kept, so that no markup of any kind is ever stored or sent.
 */
import { Parser } from 'htmlparser2';
import sanitizeHtml from 'sanitize-html';
import { z } from 'zod';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { plainLines } from '../values/characters.ts';
import { noticeTooLong, pasteTooLarge } from './errors.ts';
import { MOST_BODY } from './rules.ts';

export const cleaned = z.object({
  text: z.string(),
  /** What was left out, for whoever looks at it before it is saved. */
  left: z.object({ pictures: z.int(), scripts: z.int() }),
});
export type Cleaned = z.infer<typeof cleaned>;

/** Bytes of markup: Word writes a hundred for each that is seen. */
export const LARGEST_PASTE = 6 * 1024 * 1024;

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const pieces = [
  'p',
  'div',
  'section',
  'article',
  'blockquote',
  'pre',
  'tr',
  'table',
  'ul',
  'ol',
  'dl',
  'dt',
  'dd',
  'br',
];
const allowed = [...headings, ...pieces, 'li', 'td', 'th'];
/** What these hold is no text. */
/** Deeper than any page; of what stands deeper the tags are lost. */
const DEEPEST = 60;
/** Markup nested deeper than this was made to keep a machine busy. */
const ABSURD = 1000;
/** Tags that may stand open without holding what follows. */
const shallow = /^(p|li|t[rdh]|d[td]|br|hr|img|meta|link|col|input|option|base|wbr|o:p)$/i;
const hidden = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'template',
  'head',
  'title',
  'xml',
  'svg',
  'math',
  'iframe',
  'object',
];

/** @throws not-signed-in, not-allowed, paste-too-large, notice-too-long */
export function cleanPaste(ctx: Ctx, html: string): Cleaned {
  ensureCan(ctx.actor, 'pending.read', null);
  if (Buffer.byteLength(html) > LARGEST_PASTE) throw pasteTooLarge(LARGEST_PASTE / 1024 / 1024);
  if (isAbsurd(html)) throw pasteTooLarge(LARGEST_PASTE / 1024 / 1024);
  const text = linesOf(html);
  if (text.length > MOST_BODY) throw noticeTooLong(MOST_BODY);
  return { text, left: { pictures: count(html, /<(?:img|v:imagedata)\b/gi), scripts: count(html, /<script\b/gi) } };
}

const count = (html: string, what: RegExp): number => html.match(what)?.length ?? 0;

function isAbsurd(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]{0,20})/gi)) {
    if (shallow.test(name)) continue;
    depth = Math.max(0, depth + (slash ? -1 : 1));
    if (depth > ABSURD) return true;
  }
  return false;
}

/** The lines of cleaned markup. */
function linesOf(html: string): string {
  const safe = sanitizeHtml(html, {
    allowedTags: allowed,
    allowedAttributes: {},
    nonTextTags: hidden,
    nestingLimit: DEEPEST,
  });
  const lines: string[] = [];
  let line = '';
  let mark = '';
  const lists: { ordered: boolean; count: number }[] = [];
  const end = (): void => {
    const words = plainLines(line.replace(/\s+/g, ' ')).replace(/[；\s]+$/, '');
    if (words !== '') lines.push(mark + (mark === '' ? asItem(words) : words));
    line = '';
    mark = '';
  };
  const parser = new Parser({
    onopentag(name) {
      if (name === 'td' || name === 'th') return;
      end();
      if (headings.includes(name)) mark = '# ';
      if (name === 'ul' || name === 'ol') lists.push({ ordered: name === 'ol', count: 0 });
      const list = lists.at(-1);
      if (name !== 'li') return;
      if (list) list.count += 1;
      mark = list?.ordered ? `${list.count}. ` : '- ';
    },
    ontext(words) {
      line += words;
    },
    onclosetag(name) {
      if (name === 'td' || name === 'th') {
        // Cells of one row stay together, apart from each other.
        line = line.trim() === '' ? line : `${line.trimEnd()}； `;
        return;
      }
      end();
      if (name === 'ul' || name === 'ol') lists.pop();
    },
  });
  parser.end(safe);
  end();
  return lines.join('\n');
}

/** Word writes lists as paragraphs that begin with a dot of its own font. */
const asItem = (words: string): string => words.replace(/^[·•●▪◦Ø§]\s*/, '- ');
