/** The devices that somebody is signed in on, as a message: each with a button that signs it out. */
import type { SessionLine } from '../../api/access/own-sessions.ts';
import { say, type Locale } from '../../locales/index.ts';
import { sayMoment } from './days.ts';
import { lines, message, stacked, type Message } from './message.ts';
import { aside } from './navigation.ts';
import { tap } from './taps.ts';

/** More buttons than this no phone shows at once; the page has all. */
const MOST_BUTTONS = 8;

export function devices(locale: Locale, sessions: readonly SessionLine[], before = ''): Message {
  const words = ({ device, since }: SessionLine) => ({
    kind: say(locale, `chat:devices.kinds.${device ?? 'unknown'}`),
    day: sayMoment(locale, since),
  });
  const text = lines(
    before,
    say(locale, sessions.length > 0 ? 'chat:devices.title' : 'chat:devices.none'),
    ...sessions.map((one) => say(locale, 'chat:devices.line', words(one))),
    say(locale, 'chat:devices.lost'),
  );
  const each = sessions.slice(0, MOST_BUTTONS).map((one) => ({
    text: say(locale, 'chat:devices.end', words(one)),
    data: tap('endSession', { session: one.id }),
  }));
  const all = { text: say(locale, 'chat:devices.endAll'), data: tap('endSession', { session: null }) };
  return message(text, ...stacked(each), [sessions.length > 1 && all], aside(locale));
}
