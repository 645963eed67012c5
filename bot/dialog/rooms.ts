/** What is said in a Telegram group: of everybody's notices and activities, never of anybody. */
import type { RoomView } from '../../api/groups/rooms/read-room.ts';
import { say, type Locale } from '../../locales/index.ts';
import { lines, message, paragraphs, type Button, type Message } from './message.ts';

/** The commands that are answered in a group. */
export const roomCommands = ['link', 'unlink', 'notices', 'activities', 'help'] as const;

const t = (locale: Locale, key: string, params: Record<string, string> = {}) =>
  say(locale, `groups:room.${key}`, params);

/** What the bot does in a group: when it was added, and when somebody asks. */
export const roomHelp = (locale: Locale): Message =>
  message(lines(t(locale, 'hello'), ...roomCommands.map((name) => `/${name} ${t(locale, `commands.${name}`)}`)));

export const roomLinked = (locale: Locale, { group, unit }: { group: string; unit: string }): Message =>
  message(t(locale, 'linked', { group, unit }));

/** A list, each line with a button that opens its page. */
export function roomList(locale: Locale, topic: 'notices' | 'activities', view: RoomView, baseUrl: string): Message {
  const { unit, lines: rows } = view;
  if (rows.length === 0) return message(t(locale, `none.${topic}`, { unit: unit.name }));
  const shown = rows.map(({ title, when, place }, at) =>
    lines(`${at + 1}. ${title}`, when && place && t(locale, 'whenWhere', { when, place })),
  );
  return message(
    paragraphs(t(locale, `title.${topic}`, { unit: unit.name }), lines(...shown)),
    rows.map(({ page }, at): Button => ({ text: String(at + 1), url: `${baseUrl}${page}` })),
  );
}

/** The pages of what is sent to a group by itself; the buttons are numbered when there are several. */
export function pagesButtons(locale: Locale, pages: readonly string[], baseUrl: string): Button[] {
  const look = t(locale, 'look');
  return pages.map((page, at) => ({ text: pages.length > 1 ? `${look} ${at + 1}` : look, url: `${baseUrl}${page}` }));
}
