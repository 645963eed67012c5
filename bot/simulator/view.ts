/**
 * The chat as the person sees it on the phone: edits applied, deleted messages gone, buttons in place.
 * The page draws it and tests look at it.
 */
import type { BotCommand, InlineKeyboardButton, KeyboardButton, MenuButton, MessageEntity } from 'grammy/types';
import { commandsFor } from './methods/profile.ts';
import type { ChatMessage, Conversation, Room, RoomMessage, Toast, World } from './state.ts';

export type SeenButton = {
  text: string;
  kind: 'callback' | 'url' | 'webApp' | 'copy' | 'text' | 'contact';
  /** `callback_data` of a callback button, the address of a link, the text to copy. */
  value: string;
};

export type SeenFile = { fileId: string; name: string };

export type SeenMessage = {
  id: number;
  chatId: number;
  from: 'bot' | 'person';
  /** Text or caption; '' for a bare photo, voice or sticker. */
  text: string;
  /** Web addresses and commands in the text, for tapping. */
  marks: { kind: 'url' | 'bot_command'; offset: number; length: number }[];
  /** Unix seconds. */
  date: number;
  edited: boolean;
  buttons: SeenButton[][];
  photo?: SeenFile;
  document?: SeenFile;
  voice?: true;
  sticker?: string;
  contact?: { phoneNumber: string; firstName: string };
  /** Whose message this was before it was forwarded. */
  forwardedFrom?: string;
};

export type ChatView = {
  id: number;
  firstName: string;
  phoneNumber?: string;
  note?: string;
  languageCode: string;
  started: boolean;
  blocked: boolean;
  messages: SeenMessage[];
  /** The reply keyboard that is shown now; empty when there is none. */
  keyboard: SeenButton[][];
  placeholder?: string;
  /** Notices that answered tapped buttons, oldest first. */
  toasts: Toast[];
  /** "typing" and the like, while it lasts. */
  action?: string;
  commands: BotCommand[];
  menuButton: MenuButton;
};

export function viewChat(world: World, conversation: Conversation): ChatView {
  const { person, keyboard, forceReply } = conversation;
  const placeholder = forceReply?.input_field_placeholder ?? keyboard?.input_field_placeholder;
  return {
    id: conversation.chat.id,
    firstName: person.user.first_name,
    ...(person.phoneNumber === undefined ? {} : { phoneNumber: person.phoneNumber }),
    ...(person.note === undefined ? {} : { note: person.note }),
    languageCode: person.user.language_code ?? '',
    started: person.started,
    blocked: person.blocked,
    messages: conversation.messages.map(viewMessage),
    keyboard: (keyboard?.keyboard ?? []).map((row) => row.map(viewKeyboardButton)),
    ...(placeholder === undefined ? {} : { placeholder }),
    toasts: [...conversation.toasts],
    ...(conversation.action === undefined ? {} : { action: conversation.action }),
    commands: commandsFor(world, conversation),
    menuButton: conversation.menuButton ?? world.menuButton,
  };
}

/** A group as everybody in it sees it. */
export type RoomView = {
  id: number;
  title: string;
  members: { id: number; name: string }[];
  hasBot: boolean;
  /** Deleted, or lives on elsewhere. */
  over: boolean;
  messages: (SeenMessage & { by: string })[];
};

export const viewRoom = (world: World, room: Room): RoomView => ({
  id: room.chat.id,
  title: room.chat.title,
  members: [...room.members].map((id) => ({ id, name: world.conversations.get(id)?.person.user.first_name ?? '' })),
  hasBot: room.hasBot,
  over: room.deleted || room.movedTo !== undefined,
  messages: room.messages.map((message) => ({ ...viewMessage(message), by: message.from.first_name })),
});

export function viewMessage(message: ChatMessage | RoomMessage): SeenMessage {
  const { photo, document, contact, forward_origin: origin } = message;
  const largest = photo?.at(-1);
  return {
    id: message.message_id,
    chatId: message.chat.id,
    from: message.from.is_bot ? 'bot' : 'person',
    text: message.text ?? message.caption ?? '',
    marks: viewMarks(message.entities ?? message.caption_entities ?? []),
    date: message.date,
    edited: message.edit_date !== undefined,
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(viewInlineButton)),
    ...(largest ? { photo: { fileId: largest.file_id, name: '' } } : {}),
    ...(document ? { document: { fileId: document.file_id, name: document.file_name ?? '' } } : {}),
    ...(message.voice ? { voice: true as const } : {}),
    ...(message.sticker ? { sticker: message.sticker.emoji ?? '' } : {}),
    ...(contact ? { contact: { phoneNumber: contact.phone_number, firstName: contact.first_name } } : {}),
    ...(origin?.type === 'user' ? { forwardedFrom: origin.sender_user.first_name } : {}),
  };
}

const viewMarks = (entities: MessageEntity[]): SeenMessage['marks'] =>
  entities.flatMap(({ type, offset, length }) =>
    type === 'url' || type === 'bot_command' ? [{ kind: type, offset, length }] : [],
  );

function viewInlineButton(button: InlineKeyboardButton): SeenButton {
  const { text } = button;
  if ('callback_data' in button) return { text, kind: 'callback', value: button.callback_data };
  if ('url' in button) return { text, kind: 'url', value: button.url };
  if ('web_app' in button) return { text, kind: 'webApp', value: button.web_app.url };
  if ('copy_text' in button) return { text, kind: 'copy', value: button.copy_text.text };
  return { text, kind: 'text', value: text };
}

function viewKeyboardButton(button: KeyboardButton): SeenButton {
  if (typeof button === 'string') return { text: button, kind: 'text', value: button };
  if ('request_contact' in button && button.request_contact) return { text: button.text, kind: 'contact', value: '' };
  if ('web_app' in button) return { text: button.text, kind: 'webApp', value: button.web_app.url };
  return { text: button.text, kind: 'text', value: button.text };
}
