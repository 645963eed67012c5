/**
 * A phone in a test's hand: does what a person does and waits for what the bot answers, driven by events,
 * with no sleeping and no polling.
 *
 *     const grandma = sim.phone({ firstName: '李秀英', phoneNumber: '13800138000' });
 *     grandma.send('/start');
 *     const menu = await grandma.answer('您好');
 *     grandma.tap('搬家了');
 */
import { PhoneError } from './errors.ts';
import * as person from './person.ts';
import type { ChatMessage, Conversation, Toast, World } from './state.ts';
import { press, tap, type Tapped } from './tap.ts';
import { viewChat, viewMessage, type ChatView, type SeenMessage } from './view.ts';

const PATIENCE_MS = 5000;

type Wanted = string | RegExp | ((message: SeenMessage) => boolean);

export class Phone {
  readonly id: number;
  readonly #world: World;
  readonly #conversation: Conversation;

  constructor(world: World, conversation: Conversation) {
    this.id = conversation.chat.id;
    this.#world = world;
    this.#conversation = conversation;
  }

  send(text: string): SeenMessage {
    return viewMessage(person.say(this.#world, this.#conversation, text));
  }

  /** Presses Start, with the payload of a deep link if given. */
  start(payload?: string): SeenMessage {
    return viewMessage(person.start(this.#world, this.#conversation, payload));
  }

  /** Taps a button by its text or `callback_data`; see `tap` for which one is meant. */
  tap(button: string, messageId?: number): Tapped {
    return tap(this.#world, this.#conversation, button, messageId);
  }

  /** Sends a callback query with any data, as a hand-made app could: a button that is gone, a forged one. */
  press(messageId: number, data: string): string {
    return press(this.#world, this.#conversation, messageId, data);
  }

  /** Shares one's own contact, or another person's card. */
  shareContact(other?: { phoneNumber: string; firstName: string; userId?: number }): SeenMessage {
    return viewMessage(person.shareContact(this.#world, this.#conversation, other));
  }

  async sendPhoto(bytes: Uint8Array<ArrayBuffer>, caption?: string): Promise<SeenMessage> {
    return viewMessage(await person.sendPhoto(this.#world, this.#conversation, bytes, { caption }));
  }

  /** Sends several at once: photos, or files. The bot is told of each, with one album. */
  async sendAlbum(items: readonly (Uint8Array<ArrayBuffer> | Parameters<Phone['sendDocument']>[0])[]): Promise<void> {
    const album = crypto.randomUUID();
    for (const item of items) {
      if (item instanceof Uint8Array) await person.sendPhoto(this.#world, this.#conversation, item, { album });
      else person.sendDocument(this.#world, this.#conversation, item, album);
    }
  }

  sendDocument(file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }): SeenMessage {
    return viewMessage(person.sendDocument(this.#world, this.#conversation, file));
  }

  sendVoice(): SeenMessage {
    return viewMessage(person.sendVoice(this.#world, this.#conversation));
  }

  sendSticker(emoji?: string): SeenMessage {
    return viewMessage(person.sendSticker(this.#world, this.#conversation, emoji));
  }

  /** Forwards a message seen on any phone to the bot. */
  forward({ chatId, id }: Pick<SeenMessage, 'chatId' | 'id'>): SeenMessage {
    return viewMessage(person.forward(this.#world, this.#conversation, chatId, id));
  }

  block(): void {
    person.setBlocked(this.#world, this.#conversation, true);
  }

  unblock(): void {
    person.setBlocked(this.#world, this.#conversation, false);
  }

  /** Hands this phone's last update to the bot once more, with the same `update_id`. */
  redeliverLast(): void {
    this.keepLast()();
  }

  /** Keeps this phone's last update. @returns what hands it to the bot once more, whenever it is called */
  keepLast(): () => void {
    const { lastUpdate } = this.#conversation;
    if (!lastUpdate) throw new PhoneError('noSuchMessage', 'nothing was sent from this phone');
    return () => {
      this.#conversation.actedAt = this.#conversation.revision;
      if (this.#world.webhook) this.#world.webhook.push(structuredClone(lastUpdate));
      else this.#world.updates.pushAgain(structuredClone(lastUpdate));
    };
  }

  /** Everything on the screen now. */
  chat(): ChatView {
    return viewChat(this.#world, this.#conversation);
  }

  messages(): SeenMessage[] {
    return this.chat().messages;
  }

  /** The texts of reply keyboard buttons, row by row. */
  keyboard(): string[][] {
    return this.chat().keyboard.map((row) => row.map(({ text }) => text));
  }

  toasts(): Toast[] {
    return this.chat().toasts;
  }

  /** Settles with what `look` finds (anything but undefined and false), now or as soon as the chat shows it. */
  waitFor<Found>(look: (chat: ChatView) => Found | undefined | false, timeoutMs = PATIENCE_MS): Promise<Found> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        stop();
        clearTimeout(timer);
        settle();
      };
      const check = (): void => {
        try {
          const found = look(this.chat());
          if (found !== undefined && found !== false) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const stop = this.#world.onChange((chatId) => chatId === this.id && check());
      const timer = setTimeout(() => finish(() => reject(new Error(this.#transcript(timeoutMs)))), timeoutMs);
      check();
    });
  }

  /**
   * The bot's newest message that came or changed since this person last did something, and that contains
   * the words (or matches). Waits for it.
   */
  answer(wanted: Wanted = '', timeoutMs?: number): Promise<SeenMessage> {
    const { changedAt, messages } = this.#conversation;
    return this.waitFor(() => {
      const isNew = (message: ChatMessage): boolean =>
        message.from.is_bot && (changedAt.get(message.message_id) ?? 0) > this.#conversation.actedAt;
      return messages
        .filter(isNew)
        .map(viewMessage)
        .findLast((message) => matches(message, wanted));
    }, timeoutMs);
  }

  /** The bot's newest message, old or new, that contains the words. Waits for it. */
  see(wanted: Wanted, timeoutMs?: number): Promise<SeenMessage> {
    return this.waitFor(
      ({ messages }) => messages.findLast((message) => message.from === 'bot' && matches(message, wanted)),
      timeoutMs,
    );
  }

  #transcript(waitedMs: number): string {
    const { messages, toasts } = this.chat();
    const lines = messages.slice(-10).map(({ id, from, text, buttons }) => {
      const row = buttons.flat().map((button) => `[${button.text}]`);
      return `  ${id} ${from}: ${text} ${row.join(' ')}`;
    });
    const notices = toasts.slice(-3).map(({ text }) => `  notice: ${text}`);
    return [`waited ${waitedMs} ms in vain; the chat shows`, ...lines, ...notices].join('\n');
  }
}

function matches(message: SeenMessage, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return message.text.includes(wanted);
  return typeof wanted === 'function' ? wanted(message) : wanted.test(message.text);
}
