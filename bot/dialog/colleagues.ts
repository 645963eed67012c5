/** 分派: the colleagues of the unit as buttons; one tap and it is theirs, and they are told. */
import type { Colleague } from '../../api/access/colleagues.ts';
import type { CaseDetails } from '../../api/engine/cases/shapes.ts';
import { say, type Locale } from '../../locales/index.ts';
import { caseButton } from './cases.ts';
import { headingOf } from './heading.ts';
import { lines, message, stacked, type Message } from './message.ts';
import { aside } from './navigation.ts';
import { tap } from './taps.ts';

/** More names no phone shows at once. */
const SHOWN = 8;

/** To whom? Whoever has it already is not offered; from this one on. */
export function chooseColleague(
  locale: Locale,
  details: CaseDetails,
  colleagues: readonly Colleague[],
  from: number,
): Message {
  const { number, version, spoken, claimedBy } = details;
  const others = colleagues.filter(({ id }) => id !== claimedBy?.id);
  const buttons = others.slice(from, from + SHOWN).map((one) => ({
    text: colleagueWords(locale, one),
    data: tap('assign', { number, version, to: one.id }),
  }));
  const page = (text: string, at: number) => ({ text, data: tap('colleagues', { number, from: at }) });
  return message(
    lines(
      say(locale, 'staff:form.to'),
      headingOf(locale, details),
      say(locale, 'chat:cases.number', { number: spoken }),
      others.every(({ me }) => me) && say(locale, 'staff:form.noColleague'),
    ),
    ...stacked(buttons),
    [
      from > 0 && page(say(locale, 'chat:assign.before'), Math.max(from - SHOWN, 0)),
      others.length > from + SHOWN && page(say(locale, 'chat:assign.more'), from + SHOWN),
    ],
    [caseButton(say(locale, 'chat:verbs.not'), number)],
    aside(locale),
  );
}

function colleagueWords(locale: Locale, { name, me, onDuty }: Colleague): string {
  const who = `${name ?? say(locale, 'staff:pending.someone')}${me ? say(locale, 'staff:form.me') : ''}`;
  return onDuty ? who : say(locale, 'chat:assign.away', { name: who });
}
