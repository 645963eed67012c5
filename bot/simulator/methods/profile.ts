/** What the bot says about itself: who it is, its commands and its menu button. */
import type { BotCommand, MenuButton, UserFromGetMe } from 'grammy/types';
import { isSecureAddress } from '../addresses.ts';
import { badRequest } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Params } from '../params.ts';
import type { Conversation, World } from '../state.ts';
import { chatOf, type Call } from './call.ts';

export const getMe = ({ world }: Call): UserFromGetMe => world.me;

export function setMyCommands({ world, params }: Call): true {
  const list = params.json('commands');
  if (!Array.isArray(list)) throw badRequest("can't parse BotCommand: Array expected");
  if (list.length > LIMITS.commands) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  world.commands.set(scopeKey(params), list.map(readCommand));
  return true;
}

export function deleteMyCommands({ world, params }: Call): true {
  world.commands.delete(scopeKey(params));
  return true;
}

export const getMyCommands = ({ world, params }: Call): BotCommand[] => world.commands.get(scopeKey(params)) ?? [];

export function setChatMenuButton(call: Call): true {
  const button = readMenuButton(call.params.json('menu_button'));
  if (call.params.has('chat_id')) {
    const conversation = chatOf(call);
    conversation.menuButton = button.type === 'default' ? undefined : button;
    call.world.touch(conversation);
  } else {
    call.world.menuButton = button;
    for (const conversation of call.world.conversations.values()) call.world.touch(conversation);
  }
  return true;
}

export const getChatMenuButton = (call: Call): MenuButton =>
  (call.params.has('chat_id') ? chatOf(call).menuButton : undefined) ?? call.world.menuButton;

/** The commands that this person sees: their own chat's, then all private chats', then everybody's; their language first. */
export function commandsFor(world: World, { chat, person }: Conversation): BotCommand[] {
  const language = (person.user.language_code ?? '').slice(0, 2);
  for (const scope of [`chat:${chat.id}`, 'all_private_chats', 'default']) {
    const found = world.commands.get(`${scope}/${language}`) ?? world.commands.get(`${scope}/`);
    if (found) return found;
  }
  return [];
}

function scopeKey(params: Params): string {
  const scope = params.json('scope');
  const fields =
    typeof scope === 'object' && scope !== null ? (scope as { type?: string; chat_id?: number | string }) : {};
  const language = params.text('language_code');
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  const type = fields.type ?? 'default';
  return `${type === 'chat' ? `chat:${fields.chat_id}` : type}/${language}`;
}

function readCommand(value: unknown): BotCommand {
  const { command, description } = (value ?? {}) as { command?: unknown; description?: unknown };
  const name = typeof command === 'string' ? command.replace(/^\//, '') : '';
  if (!LIMITS.commandName.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description.trim() === '' || description.length > LIMITS.commandDescription) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return { command: name, description };
}

function readMenuButton(value: unknown): MenuButton {
  if (value === undefined) return { type: 'default' };
  const button = value as { type?: unknown; text?: unknown; web_app?: { url?: unknown } };
  if (button.type === 'commands' || button.type === 'default') return { type: button.type };
  const url = button.web_app?.url;
  if (button.type !== 'web_app' || typeof button.text !== 'string' || typeof url !== 'string') {
    throw badRequest("can't parse menu button: unsupported type specified");
  }
  if (!isSecureAddress(url)) {
    throw badRequest(`menu button Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
  }
  return { type: 'web_app', text: button.text, web_app: { url } };
}
