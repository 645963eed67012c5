/** Carries a turn out in a chat: the tapped button is answered, its message changed, new messages sent. Never throws. */
import type { Api } from 'grammy';
import type { Logger } from 'pino';
import type { Message, Turn } from '../dialog/message.ts';
import { isGone, isSettled } from './api.ts';
import type { Received } from './incoming.ts';
import { inlineKeyboard, replyMarkup } from './markup.ts';

const LONGEST_TOAST = 200;
const LONGEST_TEXT = 4096;

/** @returns the id of the last message that was sent. `over` is a message of ours to be changed instead of sending the first. */
export async function perform(
  api: Api,
  log: Logger,
  { chatId, tapped }: Received,
  turn: Turn,
  over?: number,
): Promise<number | undefined> {
  const trying = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      if (!isSettled(error) && !isGone(error)) log.warn({ error: (error as Error).message }, 'sending to a chat');
      return undefined;
    }
  };
  if (tapped) {
    const text = turn.toast?.slice(0, LONGEST_TOAST);
    await Promise.all([
      trying(() => api.answerCallbackQuery(tapped.queryId, text ? { text } : {})),
      trying(() => change(api, chatId, tapped, turn)),
    ]);
  }
  const [first, ...rest] = turn.say ?? [];
  if (!first) return undefined;
  let last = over
    ? await trying(() => rewrite(api, chatId, over, first))
    : await trying(() => send(api, chatId, first));
  for (const message of rest) last = await trying(() => send(api, chatId, message));
  return last;
}

export async function send(api: Api, chatId: number | string, message: Message): Promise<number> {
  const sent = await api.sendMessage(chatId, message.text, {
    reply_markup: replyMarkup(message),
    link_preview_options: { is_disabled: true },
  });
  return sent.message_id;
}

export async function rewrite(api: Api, chatId: number | string, messageId: number, message: Message): Promise<number> {
  await api.editMessageText(chatId, messageId, message.text, {
    reply_markup: inlineKeyboard(message),
    link_preview_options: { is_disabled: true },
  });
  return messageId;
}

/** A whole new text, or a line added under the old one; without either the message stays as it is. */
async function change(
  api: Api,
  chatId: number,
  { messageId, text }: NonNullable<Received['tapped']>,
  { edit, mark }: Turn,
): Promise<void> {
  if (edit) await rewrite(api, chatId, messageId, edit);
  else if (mark && text)
    await rewrite(api, chatId, messageId, { text: `${text}\n\n${mark}`.slice(0, LONGEST_TEXT), buttons: [] });
}
