/** What the bot's page in Telegram shows: its commands, for Chinese and for everybody else, and the button beside the line to write in. */
import type { Api } from 'grammy';
import { roomCommands } from '../dialog/rooms.ts';
import { say, sourceLocale, type Locale } from '../../locales/index.ts';

/** At most 100; these are for those who look for them. Everything is a button as well. */
export const commandNames = [
  'start',
  'services',
  'cases',
  'activities',
  'notices',
  'group',
  'family',
  'human',
  'me',
  'pending',
  'language',
  'help',
] as const;

const commandsIn = (locale: Locale) =>
  commandNames.map((command) => ({ command, description: say(locale, `chat:commands.${command}`) }));

/** The button opens the pages as a Mini App where Telegram opens any (https), else it shows the commands. */
export async function introduceBot(api: Api, baseUrl: string): Promise<void> {
  await api.setMyCommands(commandsIn('en'));
  await api.setMyCommands(commandsIn('zh-CN'), { language_code: 'zh' });
  await api.setMyCommands(
    roomCommands.map((command) => ({ command, description: say(sourceLocale, `groups:room.commands.${command}`) })),
    { scope: { type: 'all_group_chats' } },
  );
  await api.setChatMenuButton({
    menu_button: baseUrl.startsWith('https:')
      ? { type: 'web_app', text: say(sourceLocale, 'chat:page.menu'), web_app: { url: `${baseUrl}/tg` } }
      : { type: 'commands' },
  });
}
