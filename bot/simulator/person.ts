/**
 * What a person can do in the chat, as their own app would let them. Each act puts a message into the chat
 * or taps a button, and tells the bot.
 */
import { startPayloadOf } from './addresses.ts';
import { textWithEntities } from './entities.ts';
import { PhoneError } from './errors.ts';
import { storeDocument, storePhoto } from './files.ts';
import { LIMITS } from './limits.ts';
import { contentOf } from './methods/send.ts';
import type { ChatMessage, Conversation, World } from './state.ts';

/** Sends words; a deep link to the bot starts it. Longer than one message, it goes as several, as apps do. */
export function say(world: World, conversation: Conversation, words: string): ChatMessage {
  const text = words.trim();
  if (text === '') throw new PhoneError('emptyText');
  const payload = startPayloadOf(text, world.me.username);
  if (payload !== undefined) return start(world, conversation, payload);
  let last: ChatMessage | undefined;
  for (let from = 0; from < text.length; from += LIMITS.text) {
    last = post(world, conversation, textWithEntities(text.slice(from, from + LIMITS.text)));
  }
  if (!last) throw new PhoneError('emptyText');
  return last;
}

/** Presses Start, after a deep link with its payload. */
export function start(world: World, conversation: Conversation, payload = ''): ChatMessage {
  if (payload.length > LIMITS.startPayload || !/^[\w-]*$/.test(payload)) throw new PhoneError('badStartPayload');
  return post(world, conversation, textWithEntities(`/start ${payload}`.trim()));
}

export async function sendPhoto(
  world: World,
  conversation: Conversation,
  bytes: Uint8Array<ArrayBuffer>,
  { caption, album }: { caption?: string | undefined; album?: string } = {},
): Promise<ChatMessage> {
  const photo = await storePhoto(world.files, { name: 'photo.jpg', type: '', bytes }).catch(() => {
    throw new PhoneError('notAnImage');
  });
  return post(world, conversation, { photo, ...(caption && { caption }), ...(album && { media_group_id: album }) });
}

/** Sends any bytes under any name and type, as "send as file" does. */
export function sendDocument(
  world: World,
  conversation: Conversation,
  file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> },
  album?: string,
): ChatMessage {
  const document = storeDocument(world.files, file);
  return post(world, conversation, { document, ...(album && { media_group_id: album }) });
}

export function sendVoice(world: World, conversation: Conversation): ChatMessage {
  const bytes = new Uint8Array([0x4f, 0x67, 0x67, 0x53]);
  const file = world.files.add('voice', { name: 'voice.oga', type: 'audio/ogg', bytes });
  return post(world, conversation, {
    voice: { file_id: file.fileId, file_unique_id: file.uniqueId, duration: 3, mime_type: file.type, file_size: 4 },
  });
}

export function sendSticker(world: World, conversation: Conversation, emoji = '👍'): ChatMessage {
  const file = world.files.add('stickers', { name: 'sticker.webp', type: 'image/webp', bytes: new Uint8Array(1) });
  const identity = { file_id: file.fileId, file_unique_id: file.uniqueId, emoji };
  return post(world, conversation, {
    sticker: { ...identity, type: 'regular', width: 512, height: 512, is_animated: false, is_video: false },
  });
}

/** Shares a contact: one's own, or somebody else's card, whose `userId` (if any) is not the sender's. */
export function shareContact(
  world: World,
  conversation: Conversation,
  other?: { phoneNumber: string; firstName: string; userId?: number },
): ChatMessage {
  const { user, phoneNumber } = conversation.person;
  const number = other?.phoneNumber ?? phoneNumber;
  if (number === undefined) throw new PhoneError('noPhoneNumber');
  const userId = other ? other.userId : user.id;
  return post(world, conversation, {
    contact: {
      phone_number: /^1\d{10}$/.test(number) ? `+86${number}` : number,
      first_name: other?.firstName ?? user.first_name,
      ...(userId === undefined ? {} : { user_id: userId }),
    },
  });
}

/** Passes on a message from any chat of this bot; its buttons do not come along. */
export function forward(world: World, conversation: Conversation, chatId: number, messageId: number): ChatMessage {
  const source = world.conversations.get(chatId);
  const original = source?.messages.find((message) => message.message_id === messageId);
  if (!original) throw new PhoneError('noSuchMessage');
  const origin = original.forward_origin ?? { type: 'user', sender_user: original.from, date: original.date };
  return post(world, conversation, { ...structuredClone(contentOf(original)), forward_origin: origin });
}

/** Blocks or unblocks the bot, which hears of it. */
export function setBlocked(world: World, conversation: Conversation, blocked: boolean): void {
  const { person, chat } = conversation;
  if (person.blocked === blocked) return;
  person.blocked = blocked;
  const bot = { id: world.me.id, is_bot: true, first_name: world.me.first_name, username: world.me.username };
  const member = { status: 'member' as const, user: bot };
  const kicked = { status: 'kicked' as const, user: bot, until_date: 0 };
  world.touch(conversation);
  world.tellBot(conversation, {
    my_chat_member: {
      chat,
      from: person.user,
      date: world.now(),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
  });
}

/** Puts the person's message into the chat and hands it to the bot. */
function post(world: World, conversation: Conversation, content: Partial<ChatMessage>): ChatMessage {
  const { person, chat, forceReply, keyboard } = conversation;
  if (person.blocked) throw new PhoneError('blocked');
  const answered = forceReply && conversation.messages.find((one) => one.message_id === forceReply.messageId);
  const message: ChatMessage = {
    message_id: world.nextMessageId(),
    from: person.user,
    chat,
    date: world.now(),
    ...content,
  };
  if (answered) Object.assign(message, { reply_to_message: answered });
  conversation.forceReply = undefined;
  if (keyboard?.one_time_keyboard) conversation.keyboard = undefined;
  person.started = true;
  world.addMessage(conversation, message);
  world.tellBot(conversation, { message });
  return message;
}
