/** The form ends here: why, whom to call, and the way back to the answer that ended it. */
import type { DraftView } from '../../api/engine/drafts/view.ts';
import type { StoppedView } from '../../api/engine/drafts/stopped.ts';
import { say, type Locale } from '../../locales/index.ts';
import { headingOf } from './heading.ts';
import { mark } from './mark.ts';
import { lines, message, paragraphs, type Button, type Message } from './message.ts';
import { navigation } from './navigation.ts';
import { tap } from './taps.ts';

export function stoppedHere(locale: Locale, draft: DraftView, { words, at, call }: StoppedView, before = ''): Message {
  const whom = call.phone
    ? say(locale, 'chat:cases.call', { unit: call.name, phone: call.phone })
    : say(locale, 'chat:human.hotline');
  const change: Button[] = at
    ? [
        {
          text: say(locale, 'chat:check.change', { label: at.label }),
          data: tap('change', { draft: draft.id, question: mark(at.key) }),
        },
      ]
    : [];
  const text = paragraphs(before, lines(headingOf(locale, draft), words), whom);
  return message(text, change, navigation(locale));
}
