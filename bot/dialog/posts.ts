/** What staff are told about their posts: an invitation to one, and that it needs the second factor first. */
import type { Me } from '../../api/access/me.ts';
import type { Invitation } from '../../api/staff/join.ts';
import { say, type Locale } from '../../locales/index.ts';
import { message, type Message } from './message.ts';
import { aside } from './navigation.ts';
import { tap } from './taps.ts';

/** Where somebody goes to give the code, or to set it up. `why` is said first, when there is more to say. */
export function factorFirst(
  locale: Locale,
  state: NonNullable<Me['secondFactor']>,
  url: string,
  why: string | null = null,
): Message {
  const gives = state === 'give';
  return message(
    why ?? say(locale, gives ? 'chat:factor.first' : 'chat:factor.setUp'),
    [{ text: say(locale, gives ? 'chat:factor.open' : 'chat:factor.openSetUp'), url }],
    aside(locale),
  );
}

/** An invitation, with the button that takes it. */
export function invitation(locale: Locale, { by, name, unit, role }: Invitation, token: string): Message {
  const text = say(locale, 'chat:invite.is', {
    by: by ?? say(locale, 'chat:invite.someone'),
    name,
    unit,
    role: say(locale, `notices:roles.${role}`),
  });
  return message(text, [{ text: say(locale, 'chat:invite.join'), data: tap('join', { token }) }], aside(locale));
}

/** A link to an invitation, pasted into the chat: its token. */
export const invitationIn = (typed: string): string | null => /\/staff\/join#([\w-]{20,40})/.exec(typed)?.[1] ?? null;
