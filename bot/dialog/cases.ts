/** Cases in chat, for those whom they are about: the list, one case with its progress, and what came of a verb. */
import type { ListedCase, Page } from '../../api/engine/cases/list.ts';
import type { CaseDetails, CaseLine, VerbView } from '../../api/engine/cases/shapes.ts';
import { say, type Locale } from '../../locales/index.ts';
import { sayDay, sayMoment } from './days.ts';
import { headingOf } from './heading.ts';
import { lines, message, paired, paragraphs, stacked, type Button, type Message } from './message.ts';
import { aside, goTo, navigation } from './navigation.ts';
import { tap } from './taps.ts';
import { quoted } from './telling.ts';

/** Verbs that cannot be taken back are asked about once more. */
const askedTwice: readonly string[] = ['withdraw'];
const SHOWN = 8;

export const caseButton = (text: string, number: string): Button => ({ text, data: tap('case', { number }) });

export function verbButton(
  { number, version }: CaseLine,
  { verb, label }: Pick<VerbView, 'verb' | 'label'>,
  sure = !askedTwice.includes(verb),
): Button {
  return { text: label, data: tap('verb', { number, version, verb, sure }) };
}

/** One's own cases, newest first. */
export function myCases(locale: Locale, { cases, next }: Page): Message {
  if (cases.length === 0) return message(say(locale, 'chat:cases.none'), [goTo(locale, 'services')], aside(locale));
  const shown = cases.slice(0, SHOWN);
  const last = shown.at(-1);
  const more =
    (next !== null || cases.length > SHOWN) && last
      ? [{ text: say(locale, 'chat:cases.more'), data: tap('cases', { before: Date.parse(last.openedAt) }) }]
      : [];
  const text = lines(
    say(locale, 'chat:cases.title'),
    ...shown.map((line) => `· ${headingOf(locale, line)}\n　　${line.state}`),
  );
  return message(
    text,
    ...stacked(shown.map((line) => caseButton(headingOf(locale, line), line.number))),
    more,
    navigation(locale, tap('go', { to: 'menu' })),
  );
}

/** One case: what is missing on top, where it stands, how it got there, and what one can do. */
export function myCase(
  locale: Locale,
  details: CaseDetails,
  before: string | null = null,
  page: string | null = null,
): Message {
  const { spoken, state, next, due, unit, status, followUps } = details;
  const text = paragraphs(
    before,
    status === 'returned' && missingLines(locale, details),
    status === 'rejected' && reasonLines(locale, details),
    status === 'approved' && details.tells && saidWith(locale, details, 'approve', 'chat:cases.told'),
    lines(
      headingOf(locale, details),
      say(locale, 'chat:cases.number', { number: spoken }),
      state,
      next,
      due && say(locale, 'chat:cases.due', { day: sayDay(locale, due) }),
      unit.phone && say(locale, 'chat:cases.call', { unit: unit.name, phone: unit.phone }),
    ),
    details.timeline.length > 0 && lines(...progress(locale, details)),
  );
  const buttons = details.verbs.map((verb) => verbButton(details, verb));
  const more = followUps.map((one) => caseButton(one.title, one.number));
  // Sums stand on the page only: somebody may look over a shoulder.
  const panel = details.panel && page ? [{ text: say(locale, `chat:panels.${details.panel}`), url: page }] : [];
  return message(text, panel, ...paired(buttons), ...paired(more), navigation(locale, tap('go', { to: 'cases' })));
}

/** How it got here: the day, what was done, by which unit. Never what was said: that may hold an address. */
export const progress = (locale: Locale, { timeline }: CaseDetails): string[] => [
  say(locale, 'chat:cases.progress'),
  ...timeline.slice(-6).map(({ at, what, unit }) => `　${sayMoment(locale, at)} ${what}${unit ? `（${unit}）` : ''}`),
];

/** What the last return asked for. */
export const missingLines = (locale: Locale, details: CaseDetails): string =>
  saidWith(locale, details, 'return', 'chat:cases.missing');
const reasonLines = (locale: Locale, details: CaseDetails): string =>
  saidWith(locale, details, 'reject', 'chat:cases.rejected');

/** What staff said with their last decision of this kind, without what is for the record only. */
function saidWith(locale: Locale, { timeline }: CaseDetails, verb: string, title: string): string {
  const forTheRecord = say(locale, 'engine:verbs.return.ask.whyAgain.label');
  const nothing = say(locale, 'engine:answers.skip');
  const said = timeline.findLast((entry) => entry.verb === verb)?.said ?? [];
  const told = said.filter(({ question, shown }) => question !== forTheRecord && shown !== nothing);
  return told.length > 0 ? lines(say(locale, title), ...told.map(({ shown }) => `　${quoted(locale, shown)}`)) : '';
}

/** Asks once more before something that cannot be taken back. */
export function askSure(locale: Locale, details: CaseDetails, verb: VerbView): Message {
  const no = caseButton(say(locale, 'chat:verbs.not'), details.number);
  return message(
    say(locale, 'chat:verbs.sure', { verb: verb.label, heading: headingOf(locale, details) }),
    [verbButton(details, verb, true), no],
    aside(locale),
  );
}

/** What a verb came to, in place of its buttons: the way back where there is one, and for staff the way on, to the `next` case. */
export function verbDone(locale: Locale, details: CaseDetails, label: string, next: ListedCase | null): Message {
  const undo = details.verbs.filter(({ verb }) => verb === 'undo').map((verb) => verbButton(details, verb));
  const on = next && caseButton(say(locale, 'chat:verbs.next', { heading: headingOf(locale, next) }), next.number);
  return message(
    lines(
      headingOf(locale, details),
      say(locale, 'chat:cases.number', { number: details.spoken }),
      say(locale, 'chat:verbs.done', { verb: label }),
    ),
    [on],
    [caseButton(say(locale, 'chat:cases.look'), details.number), details.staffSide && goTo(locale, 'pending')],
    undo,
  );
}

/** An application was submitted: its number, what is next, by when, whom to call. */
export function confirmation(locale: Locale, details: CaseDetails, unfinished: Button[]): Message {
  const { spoken, state, next, due, unit, number, tone } = details;
  const text = lines(
    say(locale, tone ? `chat:submitted.${tone}` : 'chat:submitted.done', { heading: headingOf(locale, details) }),
    say(locale, 'chat:submitted.number', { number: spoken }),
    tone && next ? next : say(locale, 'chat:submitted.next', { state }),
    due && say(locale, 'chat:cases.due', { day: sayDay(locale, due) }),
    say(locale, unit.phone ? 'chat:cases.call' : 'chat:cases.unit', { unit: unit.name, phone: unit.phone ?? '' }),
  );
  return message(text, [caseButton(say(locale, 'chat:cases.look'), number)], ...stacked(unfinished), aside(locale));
}
