/** The words of the page, in the language of the document. */
import { getTexts } from './server.ts';

type Texts = { [key: string]: string | Texts };

export const language = document.documentElement.lang;

let texts: Texts = {};

export async function loadTexts(): Promise<void> {
  texts = (await getTexts(language)) as Texts;
}

/** The text of a key such as `phone.send`, with `{{name}}` filled in; the key itself when there is none. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  let found: string | Texts | undefined = texts;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') return key;
  return found.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name] ?? ''));
}

const hours = new Intl.DateTimeFormat(language, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Asia/Shanghai',
});

/** 09:05, Shanghai time. */
export const clockTime = (date: Date): string => hours.format(date);
