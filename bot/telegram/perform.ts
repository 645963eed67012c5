/** Carries a turn out in a chat: the tapped button is answered, its message changed, new messages sent. Never throws. */
import type { Api } from 'grammy';
import type { Logger } from 'pino';
import type { Message, Turn } from '../dialog/message.ts';
import { isBadAddress, isGone, isSettled } from './api.ts';
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
  const settled =
    tapped && Promise.all([trying(() => answer(api, tapped, turn)), trying(() => change(api, chatId, tapped, turn))]);
  let last: number | undefined;
  for (const [at, message] of (turn.say ?? []).entries()) {
    const overwrites = at === 0 ? over : undefined;
    last = await trying(() => (overwrites ? rewrite(api, chatId, overwrites, message) : send(api, chatId, message)));
  }
  await settled;
  return last;
}

const answer = (api: Api, { queryId }: NonNullable<Received['tapped']>, { toast }: Turn) =>
  api.answerCallbackQuery(queryId, toast ? { text: toast.slice(0, LONGEST_TOAST) } : {});

/** Sends a message. When Telegram takes no button with such an address (a server without a public name), the address stands in the text. */
export async function send(api: Api, chatId: number | string, message: Message): Promise<number> {
  const post = async (what: Message) => {
    const more = { reply_markup: replyMarkup(what), link_preview_options: { is_disabled: true } };
    return (await api.sendMessage(chatId, what.text, more)).message_id;
  };
  return post(message).catch((error: unknown) => {
    if (!isBadAddress(error)) throw error;
    return post(withAddressesInText(message));
  });
}

function withAddressesInText({ text, buttons, ...rest }: Message): Message {
  const addresses = buttons.flat().flatMap((button) => ('url' in button ? [`${button.text} ${button.url}`] : []));
  const others = buttons.map((row) => row.filter((button) => !('url' in button))).filter((row) => row.length > 0);
  return { ...rest, text: [text, ...addresses].join('\n'), buttons: others };
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
