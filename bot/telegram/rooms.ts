/** Telegram groups: only commands are answered there, and what Telegram tells of the group itself is passed on. */
import type { ChatMemberUpdated, Message, Update } from 'grammy/types';

/** What comes in from a group. */
export interface RoomUpdate {
  updateId: number;
  room: number;
  from: { id: number; name: string; language: string | undefined };
  what:
    | { is: 'command'; name: string; to: string | undefined }
    | { is: 'added' }
    | { is: 'gone' }
    | { is: 'moved'; to: number };
}

const isOut = ({ status }: ChatMemberUpdated['new_chat_member']): boolean => status === 'left' || status === 'kicked';

/** @see RoomUpdate; null for everything else that is said there, which is not ours */
export function receiveInRoom(update: Update): RoomUpdate | null {
  const { my_chat_member: member, message } = update;
  const place = member ?? message;
  const from = place?.from;
  if (!from || (place.chat.type !== 'group' && place.chat.type !== 'supergroup')) return null;
  const what = member ? ofMember(member) : message && ofMessage(message);
  if (!what) return null;
  const { id, first_name: name, language_code: language } = from;
  return { updateId: update.update_id, room: place.chat.id, from: { id, name, language }, what };
}

function ofMember({ old_chat_member: before, new_chat_member: now }: ChatMemberUpdated): RoomUpdate['what'] | null {
  if (isOut(now)) return isOut(before) ? null : { is: 'gone' };
  return isOut(before) ? { is: 'added' } : null;
}

/** Whoever writes as the group itself, or is a bot, is nobody whom we could know. */
function ofMessage({
  text,
  from,
  forward_origin: forwarded,
  migrate_to_chat_id: movedTo,
}: Message): RoomUpdate['what'] | null {
  if (movedTo !== undefined) return { is: 'moved', to: movedTo };
  if (text === undefined || forwarded || from?.is_bot) return null;
  const [, name, to] = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s|$)/i.exec(text) ?? [];
  return name ? { is: 'command', name: name.toLowerCase(), to } : null;
}
