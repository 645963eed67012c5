/** What the bot's page in Telegram shows: its commands, for Chinese and for everybody else, and the menu button. */
import type { Api } from 'grammy';
import { say, type Locale } from '../../locales/index.ts';

/** At most 100; these are for those who look for them. Everything is a button as well. */
export const commandNames = ['start', 'services', 'cases', 'human', 'pending', 'language', 'help'] as const;

const commandsIn = (locale: Locale) =>
  commandNames.map((command) => ({ command, description: say(locale, `chat:commands.${command}`) }));

export async function registerCommands(api: Api): Promise<void> {
  await api.setMyCommands(commandsIn('en'));
  await api.setMyCommands(commandsIn('zh-CN'), { language_code: 'zh' });
  await api.setChatMenuButton({ menu_button: { type: 'commands' } });
}
