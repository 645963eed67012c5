/** Telegram's updates as the conversation takes them: those of private chats; groups have `rooms.ts`. */
import type { Message, Update } from 'grammy/types';
import type { Incoming } from '../dialog/flows/converse.ts';
import type { Unfit } from '../dialog/unfit.ts';

/** One update, taken apart. */
export interface Received {
  updateId: number;
  chatId: number;
  name: string;
  language: string | undefined;
  /** What came in; a picture by its file id. */
  what: Exclude<Incoming, { is: 'picture' }> | { is: 'photo'; fileId: string };
  /** The message whose button was tapped. */
  tapped?: { queryId: string; messageId: number; text: string };
  /** Pictures sent together have one album. */
  album?: string;
}

/** @see Received; null for what is not answered at all (groups, edits, our own). */
export function receive(update: Update): Received | null {
  const { callback_query: query, message } = update;
  if (query) {
    const at = query.message;
    if (at?.chat.type !== 'private' || query.data === undefined) return null;
    const text = 'text' in at ? (at.text ?? '') : '';
    const { first_name: name, language_code: language } = query.from;
    return {
      updateId: update.update_id,
      chatId: at.chat.id,
      name,
      language,
      what: { is: 'tap', data: query.data },
      tapped: { queryId: query.id, messageId: at.message_id, text },
    };
  }
  if (message?.chat.type !== 'private' || !message.from || message.from.is_bot) return null;
  const { first_name: name, language_code: language } = message.from;
  const album = message.media_group_id;
  return {
    updateId: update.update_id,
    chatId: message.chat.id,
    name,
    language,
    what: contentOf(message),
    ...(album && { album }),
  };
}

function contentOf(message: Message): Received['what'] {
  const { text, photo, document, contact, from } = message;
  if (contact)
    return ownContact(message)
      ? { is: 'contact', phone: contact.phone_number, own: true }
      : { is: 'unfit', what: 'card' };
  if (message.forward_origin) return { is: 'unfit', what: 'forwarded' };
  const largest = photo?.at(-1);
  if (largest) return { is: 'photo', fileId: largest.file_id };
  // A picture sent "as a file" is as good; what it really is, the server finds out from its bytes.
  if (document && document.mime_type?.startsWith('image/')) return { is: 'photo', fileId: document.file_id };
  if (text === undefined || !from) return { is: 'unfit', what: unfitOf(message) };
  const [, name, payload = ''] = /^\/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text) ?? [];
  return name ? { is: 'command', name: name.toLowerCase(), payload: payload.trim() } : { is: 'words', text };
}

/** A phone number counts only when Telegram says that it is the sender's own, and it was not passed on. */
const ownContact = ({ contact, from, forward_origin: forwarded }: Message): boolean =>
  contact?.user_id !== undefined && contact.user_id === from?.id && !forwarded;

function unfitOf({
  voice,
  audio,
  video,
  video_note: note,
  sticker,
  animation,
  dice,
  document,
  location,
  venue,
}: Message): Unfit {
  if (voice || audio) return 'voice';
  if (video || note) return 'video';
  if (sticker || animation || dice) return 'sticker';
  if (document) return 'file';
  return location || venue ? 'place' : 'other';
}
