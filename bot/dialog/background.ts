/** What stands behind a case, for staff in chat: the article, how it got here, and what the same person asked for before. */
import type { CaseDetails } from '../../api/engine/cases/shapes.ts';
import { say, type Locale } from '../../locales/index.ts';
import { caseButton, progress } from './cases.ts';
import { sayDay } from './days.ts';
import { headingOf } from './heading.ts';
import { lines, message, paragraphs, stacked, type Message } from './message.ts';
import { aside } from './navigation.ts';
import { tap } from './taps.ts';

/** As many as are read on a phone; the page has the others. */
const SHOWN = 5;

export const backgroundButton = (locale: Locale, { number }: Pick<CaseDetails, 'number'>) => ({
  text: say(locale, 'chat:background.open'),
  data: tap('background', { number }),
});

/** Never what was said, nor what staff told each other: that may hold an address, and stands on the page. */
export function background(locale: Locale, details: CaseDetails): Message {
  const { basis, number, spoken, staffSide } = details;
  const earlier = staffSide?.earlier.slice(0, SHOWN) ?? [];
  const text = paragraphs(
    lines(headingOf(locale, details), say(locale, 'chat:cases.number', { number: spoken })),
    basis.length > 0 && say(locale, 'staff:case.basisText', { articles: basis.join('、') }),
    lines(...progress(locale, details)),
    lines(
      say(locale, 'chat:background.earlier'),
      ...earlier.map((one) => `　${sayDay(locale, one.day)} ${one.title}：${one.state}`),
      earlier.length === 0 && `　${say(locale, 'staff:case.noEarlier')}`,
    ),
  );
  const look = earlier.map((one) =>
    caseButton(say(locale, 'chat:background.look', { title: one.title, day: sayDay(locale, one.day) }), one.number),
  );
  return message(text, ...stacked(look), [caseButton(say(locale, 'chat:background.back'), number)], aside(locale));
}
