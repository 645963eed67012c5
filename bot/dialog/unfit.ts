/** What a form cannot take: voice, stickers, files, forwarded messages, pictures nobody asked for. Each is answered kindly. */
import { say, type Locale } from '../../locales/index.ts';

/** Kinds of what comes in and is no answer. */
export const unfitKinds = [
  'voice',
  'video',
  'sticker',
  'file',
  'picture',
  'place',
  'card',
  'forwarded',
  'other',
] as const;
export type Unfit = (typeof unfitKinds)[number];

/** The line that says so; what can be done stands under it as the question or the menu again. */
export const sorry = (locale: Locale, kind: Unfit): string => say(locale, `chat:unfit.${kind}`);
