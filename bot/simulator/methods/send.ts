/** Methods that put a new message into a chat. */
import type { Message, MessageEntity } from 'grammy/types';
import { textWithEntities } from '../entities.ts';
import { badRequest, BotApiError } from '../errors.ts';
import { storeDocument, storePhoto } from '../files.ts';
import { LIMITS } from '../limits.ts';
import { readMarkup, type Markup } from '../markup.ts';
import type { Params, Upload } from '../params.ts';
import type { ChatMessage, Conversation, World } from '../state.ts';
import { chatOf, fromBot, messageOf, openChatOf, type Call } from './call.ts';

export function sendInChat(call: Call): Message.TextMessage {
  chatOf(call);
  const body = readText(call.params);
  const markup = readMarkup(call.params);
  const conversation = openChatOf(call);
  return deliver(call, conversation, { ...fromBot(call.world, conversation), ...body }, markup);
}

export async function sendPhoto(call: Call): Promise<Message.PhotoMessage> {
  chatOf(call);
  const caption = readCaption(call.params);
  const markup = readMarkup(call.params);
  const upload = readUpload(call.params, 'photo', LIMITS.photoBytes);
  const photo = upload ? await storePhoto(call.world.files, upload) : findSent(call.world, call.params, 'photo');
  const conversation = openChatOf(call);
  return deliver(call, conversation, { ...fromBot(call.world, conversation), photo, ...caption }, markup);
}

export function sendDocument(call: Call): Message.DocumentMessage {
  chatOf(call);
  const caption = readCaption(call.params);
  const markup = readMarkup(call.params);
  const upload = readUpload(call.params, 'document', LIMITS.uploadBytes);
  const document = upload ? storeDocument(call.world.files, upload) : findSent(call.world, call.params, 'document');
  const conversation = openChatOf(call);
  return deliver(call, conversation, { ...fromBot(call.world, conversation), document, ...caption }, markup);
}

export function copyMessage(call: Call): { message_id: number } {
  const source = call.world.conversations.get(call.params.integer('from_chat_id') ?? 0);
  if (!source) throw badRequest('chat not found');
  const original = messageOf(call, source, 'copy');
  const markup = readMarkup(call.params);
  const conversation = openChatOf(call);
  const copy = { ...structuredClone(contentOf(original)), ...fromBot(call.world, conversation) };
  const { message_id } = deliver(call, conversation, copy, markup);
  return { message_id };
}

export function sendChatAction(call: Call): true {
  const conversation = openChatOf(call);
  const action = call.params.text('action');
  if (!/^(typing|(upload|record)_\w+|choose_sticker|find_location)$/.test(action)) {
    throw badRequest('wrong parameter action in request');
  }
  conversation.action = action;
  call.world.touch(conversation);
  return true;
}

/** Text and its marks, trimmed and measured as Telegram does. */
export function readText(
  params: Params,
  tooLong = 'message is too long',
): { text: string; entities?: MessageEntity[] } {
  refuseParseMode(params);
  const text = params.text('text').replaceAll('\r', '').trim();
  if (text === '') throw badRequest('message text is empty');
  if (text.length > LIMITS.text) throw badRequest(tooLong);
  return textWithEntities(text);
}

export function readCaption(params: Params): { caption?: string; caption_entities?: MessageEntity[] } {
  refuseParseMode(params);
  const { text, entities } = textWithEntities(params.text('caption').trim());
  if (text.length > LIMITS.caption) throw badRequest('message caption is too long');
  return { ...(text ? { caption: text } : {}), ...(entities ? { caption_entities: entities } : {}) };
}

/** What a message says, without who said it, where and when. */
export function contentOf({
  text,
  entities,
  caption,
  caption_entities,
  photo,
  document,
  voice,
  sticker,
  contact,
}: ChatMessage): Partial<ChatMessage> {
  const content = { text, entities, caption, caption_entities, photo, document, voice, sticker, contact };
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

function deliver<M extends ChatMessage>(call: Call, conversation: Conversation, message: M, markup: Markup): M {
  const reply = call.params.json('reply_parameters');
  const replyTo = typeof reply === 'object' && reply !== null && 'message_id' in reply ? reply.message_id : undefined;
  if (replyTo !== undefined && !conversation.messages.some((one) => one.message_id === replyTo)) {
    const lenient = (reply as { allow_sending_without_reply?: boolean }).allow_sending_without_reply;
    if (!lenient) throw badRequest('message to be replied not found');
  }
  if (markup.kind === 'inline') message.reply_markup = markup.markup;
  if (markup.kind === 'keyboard') conversation.uneditable.add(message.message_id);
  showKeyboard(conversation, markup, message.message_id);
  conversation.action = undefined;
  call.world.addMessage(conversation, message);
  return message;
}

function showKeyboard(conversation: Conversation, markup: Markup, messageId: number): void {
  if (markup.kind === 'keyboard') conversation.keyboard = markup.markup;
  if (markup.kind === 'remove' || markup.kind === 'force') conversation.keyboard = undefined;
  if (markup.kind !== 'none' && markup.kind !== 'inline') conversation.forceReply = undefined;
  if (markup.kind === 'force') conversation.forceReply = { ...markup.markup, messageId };
}

function refuseParseMode(params: Params): void {
  if (params.text('parse_mode') !== '') throw badRequest('unsupported parse_mode');
}

function readUpload(params: Params, name: string, most: number): Upload | undefined {
  const upload = params.upload(name);
  if (upload && upload.bytes.length > LIMITS.uploadBytes) throw new BotApiError(413, 'Request Entity Too Large');
  if (upload && upload.bytes.length > most) throw badRequest(`file is too big for a ${name}`);
  if (upload && upload.bytes.length === 0) throw badRequest('file must be non-empty');
  if (!upload && params.text(name) === '') throw badRequest(`there is no ${name} in the request`);
  return upload;
}

/** A photo or document that was in some chat before, by its `file_id`. */
function findSent<K extends 'photo' | 'document'>(world: World, params: Params, kind: K): NonNullable<ChatMessage[K]> {
  const id = params.text(kind);
  for (const { messages } of world.conversations.values()) {
    for (const message of messages) {
      const ids = kind === 'photo' ? message.photo?.map((size) => size.file_id) : [message.document?.file_id];
      const found = message[kind];
      if (found && ids?.includes(id) && world.files.get(id)) return found;
    }
  }
  throw badRequest('wrong file identifier/HTTP URL specified');
}
