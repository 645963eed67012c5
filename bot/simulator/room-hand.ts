/**
 * A group in a test's hand, as `phone.ts` is a phone.
 *
 *     const room = sim.room({ title: '梓园一组', members: [leader, grandma] });
 *     room.letBotIn(leader);
 *     room.say(leader, '/link');
 *     await room.see('连好了');
 */
import type { Phone } from './phone.ts';
import { deleteRoom, sayIn, setBot, upgradeRoom } from './rooms.ts';
import type { Room, World } from './state.ts';
import { viewRoom, type RoomView } from './view.ts';

const PATIENCE_MS = 5000;
type Seen = RoomView['messages'][number];

export class RoomHand {
  readonly #world: World;
  #room: Room;

  constructor(world: World, room: Room) {
    this.#world = world;
    this.#room = room;
  }

  /** Its id in Telegram. */
  get id(): number {
    return this.#room.chat.id;
  }

  say(by: Phone, text: string): void {
    sayIn(this.#world, this.#room, by.id, text);
  }

  letBotIn(by: Phone): void {
    setBot(this.#world, this.#room, by.id, true);
  }

  putBotOut(by: Phone): void {
    setBot(this.#world, this.#room, by.id, false);
  }

  delete(): void {
    deleteRoom(this.#world, this.#room);
  }

  /** Makes a supergroup of it; this hand holds that one from now on. Without telling the bot, as when it was away. */
  upgrade(by: Phone, how: 'told' | 'untold' = 'told'): void {
    this.#room = upgradeRoom(this.#world, this.#room, by.id, how === 'untold');
  }

  /** What the bot said here. */
  said(): Seen[] {
    return viewRoom(this.#world, this.#room).messages.filter(({ from }) => from === 'bot');
  }

  /** The bot's newest message that contains the words. Waits for it. */
  see(words: string, timeoutMs = PATIENCE_MS): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.said().findLast(({ text }) => text.includes(words));
        if (!found) return;
        stop();
        clearTimeout(timer);
        resolve(found);
      };
      const stop = this.#world.onChange(look);
      const timer = setTimeout(() => {
        stop();
        const there = this.said().map(({ text }) => text);
        reject(new Error(`waited ${timeoutMs} ms in vain for "${words}"; the group shows ${JSON.stringify(there)}`));
      }, timeoutMs);
      look();
    });
  }
}
