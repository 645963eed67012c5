/**
 * Everything the simulated Telegram knows: people, their chats with the one bot, tapped buttons, commands.
 * In memory only, and each list is bounded. Who changes a chat calls `touch`, and whoever watches hears it.
 */
import { createHash } from 'node:crypto';
import type {
  BotCommand,
  Chat,
  ForceReply,
  MenuButton,
  Message,
  ReplyKeyboardMarkup,
  Update,
  User,
  UserFromGetMe,
} from 'grammy/types';
import { FileStore } from './files.ts';
import { LIMITS, MEMORY } from './limits.ts';
import { UpdateQueue } from './updates.ts';
import type { Webhook } from './webhook.ts';

/** A message of a private chat; who sent it is always known. */
export type ChatMessage = Message & { chat: Chat.PrivateChat; from: User };

export type Person = {
  user: User;
  phoneNumber?: string;
  /** Who this is in the demo's story, for the page. */
  note?: string;
  /** Has written to the bot at least once; before that a bot may not write. */
  started: boolean;
  blocked: boolean;
};

/** A notice that answered a tapped button; `id` tells a new one from the last. */
export type Toast = { id: number; text: string; alert: boolean; url?: string };

export type Conversation = {
  person: Person;
  chat: Chat.PrivateChat;
  messages: ChatMessage[];
  /** What stands in place of the person's keyboard, as the bot last set it. */
  keyboard?: ReplyKeyboardMarkup | undefined;
  /** The message that the person's next one answers. */
  forceReply?: (ForceReply & { messageId: number }) | undefined;
  /** Messages sent with a reply keyboard: Telegram does not let a bot edit these. */
  uneditable: Set<number>;
  toasts: Toast[];
  /** "typing…", until the bot's next message. */
  action?: string | undefined;
  menuButton?: MenuButton | undefined;
  lastUpdate?: Update;
  /** Counts changes; `changedAt` says when each message changed, `actedAt` when the person last acted. */
  revision: number;
  changedAt: Map<number, number>;
  actedAt: number;
};

/** A message of a group; who sent it is always known. */
export type RoomMessage = Message & { chat: Chat.GroupChat | Chat.SupergroupChat; from: User };

/** A Telegram group. It is called a room, as everywhere here: a group is a self-help group. */
export type Room = {
  chat: RoomMessage['chat'];
  /** The people in it, by their accounts' ids. */
  members: Set<number>;
  hasBot: boolean;
  deleted: boolean;
  /** The supergroup that it became. */
  movedTo?: number;
  messages: RoomMessage[];
};

export type CallbackQueryRecord = { chatId: number; messageId: number; at: Date };

export class World {
  readonly me: UserFromGetMe;
  readonly token: string;
  readonly clock: () => Date;
  readonly files = new FileStore();
  readonly updates = new UpdateQueue();
  webhook: Webhook | undefined;
  readonly conversations = new Map<number, Conversation>();
  readonly rooms = new Map<number, Room>();
  readonly callbackQueries = new Map<string, CallbackQueryRecord>();
  /** By scope and language, as `setMyCommands` gives them. */
  readonly commands = new Map<string, BotCommand[]>();
  menuButton: MenuButton = { type: 'commands' };
  readonly #listeners = new Set<(chatId: number) => void>();
  #lastUpdateId: number;
  #lastMessageId: number;

  constructor(options: { token: string; clock: () => Date; bot: { firstName: string; username: string } }) {
    this.token = options.token;
    this.clock = options.clock;
    this.me = botUser(options.token, options.bot);
    this.#lastUpdateId = this.#lastMessageId = firstId(options.clock());
  }

  /** Seconds since 1970, as every date of the Bot API. */
  now(): number {
    return Math.floor(this.clock().getTime() / 1000);
  }

  nextMessageId(): number {
    return (this.#lastMessageId += 1);
  }

  addPerson(person: Person): Conversation {
    const { id, first_name } = person.user;
    const conversation: Conversation = {
      person,
      chat: { id, type: 'private', first_name },
      messages: [],
      uneditable: new Set(),
      toasts: [],
      revision: 0,
      changedAt: new Map(),
      actedAt: 0,
    };
    this.conversations.set(id, conversation);
    this.touch(conversation);
    return conversation;
  }

  removePerson(id: number): void {
    this.conversations.delete(id);
    for (const listener of this.#listeners) listener(id);
  }

  /** Adds a message to its chat; the oldest go when there are too many. */
  addMessage(conversation: Conversation, message: ChatMessage): ChatMessage {
    conversation.messages.push(message);
    while (conversation.messages.length > MEMORY.messagesPerChat) {
      const oldest = conversation.messages.shift();
      if (oldest) this.forget(conversation, oldest.message_id);
    }
    this.touch(conversation, message.message_id);
    return message;
  }

  forget(conversation: Conversation, messageId: number): void {
    conversation.uneditable.delete(messageId);
    conversation.changedAt.delete(messageId);
  }

  rememberQuery(id: string, record: CallbackQueryRecord): void {
    this.callbackQueries.set(id, record);
    const [oldest] = this.callbackQueries.keys();
    if (this.callbackQueries.size > MEMORY.callbackQueries && oldest) this.callbackQueries.delete(oldest);
  }

  /** True while a tapped button can still be answered. */
  isAnswerable(record: CallbackQueryRecord): boolean {
    return this.clock().getTime() - record.at.getTime() <= LIMITS.callbackAgeSeconds * 1000;
  }

  /** Says that a chat changed, and which message if it was one. */
  touch(conversation: Conversation, messageId?: number): void {
    conversation.revision += 1;
    if (messageId !== undefined) conversation.changedAt.set(messageId, conversation.revision);
    for (const listener of this.#listeners) listener(conversation.chat.id);
  }

  onChange(listener: (chatId: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands something that happened in a chat to the bot, by whichever way it asked for. */
  tellBot(conversation: Conversation, content: Omit<Update, 'update_id'>): void {
    // a copy, for the message may be edited before the bot fetches the update
    const update: Update = structuredClone({ update_id: (this.#lastUpdateId += 1), ...content });
    conversation.lastUpdate = update;
    conversation.actedAt = conversation.revision;
    this.#handOver(update);
  }

  /** The same of something that happened in a group. */
  tellBotOfRoom(content: Omit<Update, 'update_id'>): void {
    this.#handOver(structuredClone({ update_id: (this.#lastUpdateId += 1), ...content }));
  }

  /** Says that a group changed. */
  touchRoom({ chat }: Room): void {
    for (const listener of this.#listeners) listener(chat.id);
  }

  #handOver(update: Update): void {
    if (!this.updates.accepts(update)) return;
    if (this.webhook) this.webhook.push(update);
    else this.updates.push(update);
  }
}

/**
 * Where update and message ids begin: tenths of a second since 2026. A bot remembers in its database which
 * updates it has seen and which messages its cards are, so a restarted simulator must not use old ids again.
 */
const firstId = (now: Date): number => Math.max(1, Math.floor((now.getTime() - Date.UTC(2026, 0, 1)) / 100));

/** The id of a person's account, the same after every restart, from the phone number they signed up with. */
export const userIdOf = (phoneNumber: string): number =>
  1_000_000_000 + (createHash('sha256').update(phoneNumber).digest().readUInt32BE() % 1_000_000_000);

function botUser(token: string, bot: { firstName: string; username: string }): UserFromGetMe {
  return {
    id: Number.parseInt(token, 10) || 1,
    is_bot: true,
    first_name: bot.firstName,
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
