/** A message of the bot, to a person or in a group; there it is refused as Telegram refuses it: put out, deleted, moved, too fast. */
import type { Message } from 'grammy/types';
import { badRequest, BotApiError, tooManyRequests } from '../errors.ts';
import { readMarkup } from '../markup.ts';
import { put } from '../rooms.ts';
import type { Room } from '../state.ts';
import type { Call } from './call.ts';
import { readText, sendInChat } from './send.ts';

export function sendMessage(call: Call): Message.TextMessage {
  const room = call.world.rooms.get(call.params.integer('chat_id') ?? 0);
  return room ? sendInRoom(call, room) : sendInChat(call);
}

function sendInRoom(call: Call, room: Room): Message.TextMessage {
  const { world, params, rates } = call;
  const body = readText(params);
  const markup = readMarkup(params);
  if (markup.kind === 'inline' && JSON.stringify(markup.markup).includes('"web_app"'))
    throw badRequest('BUTTON_TYPE_INVALID');
  const kind = room.chat.type === 'group' ? 'group' : 'supergroup';
  if (room.movedTo !== undefined)
    throw new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', { movedTo: room.movedTo });
  if (room.deleted) throw new BotApiError(403, `Forbidden: the ${kind} chat was deleted`);
  if (!room.hasBot) throw new BotApiError(403, `Forbidden: bot was kicked from the ${kind} chat`);
  const wait = rates.take(room.chat.id);
  if (wait > 0) throw tooManyRequests(wait);
  const message = {
    message_id: world.nextMessageId(),
    from: { id: world.me.id, is_bot: true, first_name: world.me.first_name, username: world.me.username },
    chat: room.chat,
    date: world.now(),
    ...body,
    ...(markup.kind === 'inline' && { reply_markup: markup.markup }),
  };
  put(world, room, message);
  return message;
}
