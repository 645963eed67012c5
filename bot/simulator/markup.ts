/**
 * Checks the keyboards that a bot sends, with Telegram's own words when one is wrong.
 */
import type { ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { badRequest } from './errors.ts';
import { LIMITS } from './limits.ts';
import { isAllowedAddress, isSecureAddress } from './addresses.ts';
import type { Params } from './params.ts';

export type Markup =
  | { kind: 'none' }
  | { kind: 'inline'; markup: InlineKeyboardMarkup }
  | { kind: 'keyboard'; markup: ReplyKeyboardMarkup }
  | { kind: 'remove' }
  | { kind: 'force'; markup: ForceReply };

type Fields = Record<string, unknown>;

/** Reads `reply_markup`; throws Telegram's 400 for one that it would refuse. */
export function readMarkup(params: Params): Markup {
  const value = params.json('reply_markup');
  if (value === undefined) return { kind: 'none' };
  if (!isFields(value)) throw badRequest("can't parse reply keyboard markup JSON object");
  if ('inline_keyboard' in value) return inline(value);
  if ('keyboard' in value) return keyboard(value);
  if (value['remove_keyboard'] === true) return { kind: 'remove' };
  if (value['force_reply'] === true) {
    checkPlaceholder(value);
    return { kind: 'force', markup: value as unknown as ForceReply };
  }
  if (Object.keys(value).length === 0) return { kind: 'none' };
  throw badRequest('object expected as reply markup');
}

function inline(value: Fields): Markup {
  const rows = readRows(value['inline_keyboard'], 'InlineKeyboardButton').map((row) =>
    row.map((button) => {
      if (!isFields(button)) {
        throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
      }
      checkInlineButton(button);
      return button;
    }),
  );
  return { kind: 'inline', markup: { inline_keyboard: rows } as unknown as InlineKeyboardMarkup };
}

function checkInlineButton(button: Fields): void {
  const text = button['text'];
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  const data = button['callback_data'];
  if (typeof data === 'string' && data !== '') {
    if (Buffer.byteLength(data, 'utf8') > LIMITS.callbackDataBytes) throw badRequest('BUTTON_DATA_INVALID');
  } else if (typeof button['url'] === 'string') {
    checkUrl(`inline keyboard button URL '${button['url']}'`, button['url']);
  } else if (isFields(button['web_app'])) {
    checkWebApp('inline keyboard button Web App URL', button['web_app']);
  } else if (!isFields(button['copy_text'])) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
}

function keyboard(value: Fields): Markup {
  checkPlaceholder(value);
  const rows = readRows(value['keyboard'], 'KeyboardButton').map((row) =>
    row.map((button) => {
      const fields = typeof button === 'string' ? { text: button } : button;
      if (!isFields(fields)) throw badRequest("can't parse keyboard button: KeyboardButton must be an Object");
      const text = fields['text'];
      if (typeof text !== 'string' || text.trim() === '') throw badRequest('keyboard button text must be non-empty');
      if (isFields(fields['web_app'])) checkWebApp('keyboard button Web App URL', fields['web_app']);
      return fields;
    }),
  );
  return { kind: 'keyboard', markup: { ...value, keyboard: rows } as unknown as ReplyKeyboardMarkup };
}

function readRows(value: unknown, of: string): unknown[][] {
  if (!Array.isArray(value) || !value.every((row) => Array.isArray(row))) {
    throw badRequest(`can't parse reply keyboard markup: field must be an Array of Arrays of ${of}`);
  }
  const rows = (value as unknown[][]).filter((row) => row.length > 0);
  if (rows.flat().length > LIMITS.buttons) throw badRequest('REPLY_MARKUP_TOO_LONG');
  return rows;
}

function checkPlaceholder(value: Fields): void {
  const text = value['input_field_placeholder'];
  if (typeof text === 'string' && text.length > LIMITS.placeholder) {
    throw badRequest('input field placeholder is too long');
  }
}

function checkUrl(what: string, url: string): void {
  if (!isAllowedAddress(url)) throw badRequest(`${what} is invalid: Wrong HTTP URL`);
}

function checkWebApp(what: string, webApp: Fields): void {
  const url = webApp['url'];
  if (typeof url !== 'string' || !isSecureAddress(url)) {
    throw badRequest(`${what} '${String(url)}' is invalid: Only HTTPS links are allowed`);
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
