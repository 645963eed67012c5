/** The buttons that stand under everything: 返回, 取消, 找人 (h5-standard, Chat row 2). */
import { say, type Locale } from '../../locales/index.ts';
import type { Button } from './message.ts';
import { tap, type Place } from './taps.ts';

export const goTo = (locale: Locale, to: Place): Button => ({
  text: say(locale, `chat:go.${to}`),
  data: tap('go', { to }),
});

/** The row under a question or a list. `back` leads elsewhere than one step back in the draft. */
export function navigation(locale: Locale, back?: string): Button[] {
  const goBack = goTo(locale, 'back');
  return [back ? { text: goBack.text, data: back } : goBack, goTo(locale, 'cancel'), goTo(locale, 'human')];
}

/** The row where nothing can be cancelled. */
export const aside = (locale: Locale): Button[] => [goTo(locale, 'menu'), goTo(locale, 'human')];
