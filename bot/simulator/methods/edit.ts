/** Methods that change or take away what the bot has sent before. */
import type { Message } from 'grammy/types';
import { badRequest } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { readMarkup } from '../markup.ts';
import type { ChatMessage, Conversation } from '../state.ts';
import { chatOf, ensureReachable, messageOf, openChatOf, type Call } from './call.ts';
import { readCaption, readText } from './send.ts';

type Edited = ChatMessage & { edit_date: number };

export function editMessageText(call: Call): Edited & Message.TextMessage {
  const { conversation, message } = editable(call);
  if (message.text === undefined) throw badRequest('there is no text in the message to edit');
  const body = readText(call.params, 'MESSAGE_TOO_LONG');
  return { ...change(call, conversation, message, body), ...body };
}

export function editMessageCaption(call: Call): Edited {
  const { conversation, message } = editable(call);
  if (message.text !== undefined) throw badRequest('there is no caption in the message to edit');
  return change(call, conversation, message, readCaption(call.params));
}

export function editMessageReplyMarkup(call: Call): Edited {
  const { conversation, message } = editable(call);
  return change(call, conversation, message, undefined);
}

export function deleteMessage(call: Call): true {
  const conversation = chatOf(call);
  remove(call, conversation, messageOf(call, conversation, 'delete'));
  return true;
}

export function deleteMessages(call: Call): true {
  const conversation = chatOf(call);
  const ids = call.params.json('message_ids');
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > 100) {
    throw badRequest('message identifiers are not specified');
  }
  for (const message of conversation.messages.filter((one) => ids.includes(one.message_id))) {
    remove(call, conversation, message);
  }
  return true;
}

function editable(call: Call): { conversation: Conversation; message: ChatMessage } {
  ensureReachable(chatOf(call));
  const message = messageOf(call, chatOf(call), 'edit');
  const conversation = openChatOf(call);
  if (message.from.id !== call.world.me.id || conversation.uneditable.has(message.message_id)) {
    throw badRequest("message can't be edited");
  }
  return { conversation, message };
}

/** Puts the new content in; without `content` only the buttons change. Buttons not given again are gone. */
function change(
  call: Call,
  conversation: Conversation,
  message: ChatMessage,
  content: Partial<ChatMessage> | undefined,
): Edited {
  const markup = readMarkup(call.params);
  if (markup.kind !== 'none' && markup.kind !== 'inline') throw badRequest('inline keyboard expected');
  const before = snapshot(message);
  const after: ChatMessage = { ...message };
  if (content) {
    delete after.text;
    delete after.entities;
    delete after.caption;
    delete after.caption_entities;
    Object.assign(after, content);
  }
  delete after.reply_markup;
  if (markup.kind === 'inline' && markup.markup.inline_keyboard.length > 0) after.reply_markup = markup.markup;
  if (snapshot(after) === before) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  const edited = { ...after, edit_date: call.world.now() };
  conversation.messages[conversation.messages.indexOf(message)] = edited;
  call.world.touch(conversation, message.message_id);
  return edited;
}

const snapshot = ({ text, caption, reply_markup }: ChatMessage): string =>
  JSON.stringify([text, caption, reply_markup]);

function remove({ world }: Call, conversation: Conversation, message: ChatMessage): void {
  if (world.now() - message.date > LIMITS.deleteAgeSeconds) throw badRequest("message can't be deleted for everyone");
  conversation.messages.splice(conversation.messages.indexOf(message), 1);
  world.forget(conversation, message.message_id);
  world.touch(conversation);
}
