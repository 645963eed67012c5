/**
 * The Bot API methods that the simulator knows. Each result has the shape that grammY's own types give it;
 * one that does not match does not compile.
 */
import type { ApiMethods } from 'grammy/types';
import { answerCallbackQuery } from './answer.ts';
import type { Call } from './call.ts';
import { deleteMessage, deleteMessages, editMessageCaption, editMessageReplyMarkup, editMessageText } from './edit.ts';
import { getFile } from './get-file.ts';
import * as profile from './profile.ts';
import { sendMessage } from './send-message.ts';
import { copyMessage, sendChatAction, sendDocument, sendPhoto } from './send.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts';

type Method<Name extends keyof ApiMethods> = (
  call: Call,
) => ReturnType<ApiMethods[Name]> | Promise<ReturnType<ApiMethods[Name]>>;

const methods = {
  getMe: profile.getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendPhoto,
  sendDocument,
  copyMessage,
  sendChatAction,
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  answerCallbackQuery,
  getFile,
  setMyCommands: profile.setMyCommands,
  getMyCommands: profile.getMyCommands,
  deleteMyCommands: profile.deleteMyCommands,
  setChatMenuButton: profile.setChatMenuButton,
  getChatMenuButton: profile.getChatMenuButton,
} satisfies { [Name in keyof ApiMethods]?: Method<Name> };

const byLowerName = new Map<string, (call: Call) => unknown>(
  Object.entries(methods).map(([name, method]) => [name.toLowerCase(), method]),
);

/** The method of this name, in any case, as Telegram takes it; undefined for one that is not known. */
export const findMethod = (name: string): ((call: Call) => unknown) | undefined => byLowerName.get(name.toLowerCase());
