/** What people do in a group: they write, let the bot in, put it out, delete the group. The bot hears what Telegram would tell it. */
import type { ChatMember, User } from 'grammy/types';
import { textWithEntities } from './entities.ts';
import { PhoneError } from './errors.ts';
import { MEMORY } from './limits.ts';
import type { Room, RoomMessage, World } from './state.ts';

/** A new group of these people, without the bot. Ids of groups are below zero. */
export function openRoom(world: World, { title, members }: { title: string; members: readonly number[] }): Room {
  const name = title.trim();
  if (name === '' || name.length > 128) throw new PhoneError('badName');
  const id = -world.nextMessageId();
  const room: Room = {
    chat: { id, type: 'group', title: name },
    members: new Set(members.filter((one) => world.conversations.has(one))),
    hasBot: false,
    deleted: false,
    messages: [],
  };
  world.rooms.set(id, room);
  world.touchRoom(room);
  return room;
}

/** With its privacy on, as it is by default, a bot is told of commands only, and not of those for another bot. */
export function sayIn(world: World, room: Room, by: number, words: string): RoomMessage {
  const text = words.trim();
  if (text === '') throw new PhoneError('emptyText');
  const message = put(world, room, { ...from(world, room, by), ...textWithEntities(text) });
  const [, to] = /^\/\w+(?:@(\w+))?/.exec(text) ?? [undefined, undefined];
  const isOurs = to === undefined || to.toLowerCase() === world.me.username.toLowerCase();
  if (room.hasBot && text.startsWith('/') && isOurs) world.tellBotOfRoom({ message });
  return message;
}

/** Lets the bot in, or puts it out. */
export function setBot(world: World, room: Room, by: number, isIn: boolean): void {
  const user = personIn(world, room, by);
  if (room.hasBot === isIn) return;
  room.hasBot = isIn;
  const bot = { id: world.me.id, is_bot: true, first_name: world.me.first_name, username: world.me.username };
  tellMember(
    world,
    room,
    user,
    isIn ? [out(bot), { status: 'member', user: bot }] : [{ status: 'member', user: bot }, out(bot)],
  );
  world.touchRoom(room);
}

/** Deletes the group: the bot is told nothing, and finds out when it writes there. */
export function deleteRoom(world: World, room: Room): void {
  room.deleted = true;
  world.touchRoom(room);
}

/** Makes a supergroup of it, which has another id. `silently` as when the bot was away and heard nothing. */
export function upgradeRoom(world: World, room: Room, by: number, silently = false): Room {
  const { title } = room.chat;
  const id = Number(`-100${-room.chat.id}`);
  const next: Room = { ...room, chat: { id, type: 'supergroup', title }, messages: [] };
  room.movedTo = id;
  world.rooms.set(id, next);
  const message = put(world, room, { ...from(world, room, by), migrate_to_chat_id: id });
  if (room.hasBot && !silently) world.tellBotOfRoom({ message });
  world.touchRoom(next);
  return next;
}

export function put(world: World, room: Room, message: RoomMessage): RoomMessage {
  room.messages.push(message);
  while (room.messages.length > MEMORY.messagesPerChat) room.messages.shift();
  world.touchRoom(room);
  return message;
}

const from = (world: World, room: Room, by: number): RoomMessage => ({
  message_id: world.nextMessageId(),
  from: personIn(world, room, by),
  chat: room.chat,
  date: world.now(),
});

function personIn(world: World, room: Room, by: number): User {
  const person = world.conversations.get(by)?.person;
  if (!person || !room.members.has(by) || room.deleted) throw new PhoneError('notInRoom');
  return person.user;
}

const out = (user: User): ChatMember => ({ status: 'left', user });

function tellMember(world: World, { chat }: Room, by: User, [before, now]: [ChatMember, ChatMember]): void {
  world.tellBotOfRoom({
    my_chat_member: { chat, from: by, date: world.now(), old_chat_member: before, new_chat_member: now },
  });
}
