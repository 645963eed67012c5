/** The answer to a tapped button: the small notice, or nothing but the end of the waiting sign. */
import { badRequest } from '../errors.ts';
import { LIMITS, MEMORY } from '../limits.ts';
import type { Call } from './call.ts';

export function answerCallbackQuery({ world, params }: Call): true {
  const id = params.text('callback_query_id');
  const query = world.callbackQueries.get(id);
  if (!query || !world.isAnswerable(query)) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const text = params.text('text');
  if (text.length > LIMITS.callbackAnswer) throw badRequest('MESSAGE_TOO_LONG');
  const conversation = world.conversations.get(query.chatId);
  if (!conversation) return true;
  const url = params.text('url');
  if (text !== '' || url !== '') {
    conversation.toasts.push({
      id: conversation.revision + 1,
      text,
      alert: params.flag('show_alert'),
      ...(url ? { url } : {}),
    });
    if (conversation.toasts.length > MEMORY.toastsPerChat) conversation.toasts.shift();
  }
  world.touch(conversation);
  return true;
}
