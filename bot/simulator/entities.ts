/**
 * What Telegram's server marks in plain text by itself: commands and web addresses. grammY finds
 * `/start` by these marks, so without them no command would ever reach its handler.
 */
import type { MessageEntity } from 'grammy/types';

const COMMAND = /(?<=^|\s)\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?=$|\W)/g;
/** Ends at a space or at Chinese text and punctuation, as addresses in Chinese sentences do. */
const ADDRESS = /https?:\/\/[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+|(?<![\w/.])t\.me\/[\w?=/-]+/g;

/** The marks in a text, in order of place; offsets and lengths in UTF-16 code units. */
function findEntities(text: string): MessageEntity[] {
  const entities: MessageEntity[] = [];
  for (const match of text.matchAll(COMMAND)) {
    entities.push({ type: 'bot_command', offset: match.index, length: match[0].length });
  }
  for (const match of text.matchAll(ADDRESS)) {
    entities.push({ type: 'url', offset: match.index, length: match[0].length });
  }
  return entities.toSorted((one, other) => one.offset - other.offset);
}

/** Text and its marks as a message carries them: no `entities` at all when there are none. */
export function textWithEntities(text: string): { text: string; entities?: MessageEntity[] } {
  const entities = findEntities(text);
  return entities.length > 0 ? { text, entities } : { text };
}
