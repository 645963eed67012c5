/** Tapping: finds the button that is meant and does what the person's app would do with it. */
import { startPayloadOf } from './addresses.ts';
import { PhoneError } from './errors.ts';
import { say, shareContact, start } from './person.ts';
import type { ChatMessage, Conversation, World } from './state.ts';
import { viewChat, type SeenButton } from './view.ts';
import { webAppAddress } from './web-app.ts';

/** What came of a tap. The address of a link or Mini App is for the caller to open. */
export type Tapped =
  | { kind: 'callback'; queryId: string }
  | { kind: 'url' | 'webApp'; url: string }
  | { kind: 'copy'; text: string }
  | { kind: 'message'; messageId: number };

type Found = { button: SeenButton; messageId?: number };

/**
 * Taps the button with this text or `callback_data`: on the message `messageId`, else on the newest message
 * that has one, else on the reply keyboard. Throws 'noSuchButton' naming the buttons that are there.
 */
export function tap(world: World, conversation: Conversation, wanted: string, messageId?: number): Tapped {
  const { button, messageId: on } = findButton(world, conversation, wanted, messageId);
  const posted = (message: ChatMessage): Tapped => ({ kind: 'message', messageId: message.message_id });
  switch (button.kind) {
    case 'callback':
      return { kind: 'callback', queryId: press(world, conversation, on ?? 0, button.value) };
    case 'contact':
      return posted(shareContact(world, conversation));
    case 'text':
      return posted(say(world, conversation, button.value));
    case 'copy':
      return { kind: 'copy', text: button.value };
    case 'webApp':
      return { kind: 'webApp', url: webAppAddress(world, conversation.person, button.value) };
    case 'url':
      break;
  }
  const payload = startPayloadOf(button.value, world.me.username);
  return payload === undefined ? { kind: 'url', url: button.value } : posted(start(world, conversation, payload));
}

/** Sends a callback query with any data, as a hand-made app could. Returns its id. */
export function press(world: World, conversation: Conversation, messageId: number, data: string): string {
  const { person, chat } = conversation;
  if (person.blocked) throw new PhoneError('blocked');
  const message = conversation.messages.find((one) => one.message_id === messageId);
  if (!message) throw new PhoneError('noSuchMessage');
  const id = String(BigInt.asUintN(63, BigInt(`0x${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`)));
  world.rememberQuery(id, { chatId: chat.id, messageId, at: world.clock() });
  world.tellBot(conversation, {
    callback_query: { id, from: person.user, message, chat_instance: String(chat.id), data },
  });
  return id;
}

function findButton(world: World, conversation: Conversation, wanted: string, messageId?: number): Found {
  const { messages, keyboard } = viewChat(world, conversation);
  const matches = (button: SeenButton): boolean =>
    button.text === wanted || (button.kind === 'callback' && button.value === wanted);
  const places = messageId === undefined ? messages.toReversed() : messages.filter(({ id }) => id === messageId);
  for (const { id, buttons } of places) {
    const button = buttons.flat().find(matches);
    if (button) return { button, messageId: id };
  }
  const key = messageId === undefined ? keyboard.flat().find(matches) : undefined;
  if (key) return { button: key };
  const there = [...places.flatMap(({ buttons }) => buttons.flat()), ...keyboard.flat()].map(({ text }) => text);
  throw new PhoneError('noSuchButton', `'${wanted}' is not among: ${there.join(' | ') || '(none)'}`);
}
