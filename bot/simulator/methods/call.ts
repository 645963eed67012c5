/** What one Bot API method is given, and the look-ups that most of them begin with. */
import { badRequest, BotApiError, tooManyRequests } from '../errors.ts';
import type { Params } from '../params.ts';
import type { RateGate } from '../rate.ts';
import type { RetryPause } from '../webhook.ts';
import type { ChatMessage, Conversation, World } from '../state.ts';

export type Call = {
  world: World;
  params: Params;
  rates: RateGate;
  webhookPause: RetryPause;
  /** The bot went away. */
  signal: AbortSignal;
  /** Calls another method, as a webhook's answer may. */
  dispatch: (method: string, params: Params) => Promise<unknown>;
};

/** The chat that `chat_id` names, whether or not the bot may write to it. */
export function chatOf({ world, params }: Call): Conversation {
  if (!params.has('chat_id') || params.text('chat_id') === '') throw badRequest('chat_id is empty');
  const conversation = world.conversations.get(params.integer('chat_id') ?? 0);
  if (!conversation) throw badRequest('chat not found');
  return conversation;
}

/** The chat, if the bot may send to it now: not blocked, begun by the person, and not too fast. */
export function openChatOf(call: Call): Conversation {
  const conversation = chatOf(call);
  ensureReachable(conversation);
  const wait = call.rates.take(conversation.chat.id);
  if (wait > 0) throw tooManyRequests(wait);
  return conversation;
}

export function ensureReachable({ person }: Conversation): void {
  if (person.blocked) throw new BotApiError(403, 'Forbidden: bot was blocked by the user');
  if (!person.started) throw new BotApiError(403, "Forbidden: bot can't initiate conversation with a user");
}

/** The message that `message_id` names; `purpose` completes 'message to … not found'. */
export function messageOf(call: Call, conversation: Conversation, purpose: string): ChatMessage {
  const id = call.params.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = conversation.messages.find((one) => one.message_id === id);
  if (!message) throw badRequest(`message to ${purpose} not found`);
  return message;
}

/** A new message by the bot, without its content. */
export const fromBot = (world: World, conversation: Conversation): ChatMessage => ({
  message_id: world.nextMessageId(),
  from: { id: world.me.id, is_bot: true, first_name: world.me.first_name, username: world.me.username },
  chat: conversation.chat,
  date: world.now(),
});
