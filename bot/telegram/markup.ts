/** Our messages in Telegram's terms. */
import type {
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from 'grammy/types';
import type { Button, Message } from '../dialog/message.ts';

/** Telegram's limit for words on a button is its own; what is longer than this no phone shows. */
const LONGEST_LABEL = 60;

const label = (text: string): string => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

function inline(button: Button): InlineKeyboardButton {
  const text = label(button.text);
  if ('data' in button) return { text, callback_data: button.data };
  if ('app' in button) return { text, web_app: { url: button.app } };
  return 'url' in button ? { text, url: button.url } : { text, copy_text: { text: button.copy } };
}

/** The buttons under a message; an empty keyboard takes them away. */
export const inlineKeyboard = ({ buttons }: Message): InlineKeyboardMarkup => ({
  inline_keyboard: buttons.map((row) => row.map(inline)),
});

/** What stands under a new message. A message with a button that shares one's number has no others: Telegram allows one kind. */
export function replyMarkup(message: Message): InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove {
  if (message.sharePhone) {
    return {
      keyboard: [[{ text: message.sharePhone, request_contact: true }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    };
  }
  return message.sharePhone === null ? { remove_keyboard: true } : inlineKeyboard(message);
}
