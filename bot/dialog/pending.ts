/** What waits, in chat: the views with how many, one service, what is found by words, and lines that are taken on with one tap. */
import type { PlainDate } from '../../api/dates.ts';
import type { ListedCase, Page } from '../../api/engine/cases/list.ts';
import type { PendingView } from '../../api/engine/cases/pending.ts';
import type { ServiceLine } from '../../api/engine/guide.ts';
import { say, type Locale } from '../../locales/index.ts';
import { caseButton } from './cases.ts';
import { sayShortDay } from './days.ts';
import { headingOf } from './heading.ts';
import { mark } from './mark.ts';
import { lines, message, paired, stacked, type Button, type Message } from './message.ts';
import { aside, goTo, navigation } from './navigation.ts';
import { togetherButtons } from './together.ts';
import { tap } from './taps.ts';

/** The views of the pending list, most used first. */
export const views = ['unit', 'mine', 'nobodys', 'overdue', 'below'] as const satisfies readonly PendingView[];
export type View = (typeof views)[number];

/** What a tap on a line can do instead of opening it, by view. */
const takings = { nobodys: 'claim', mine: 'hand-back' } as const;
export type Taking = (typeof takings)[keyof typeof takings];

/** What a tap on a line of this view may do instead of opening it; null where it may only open it. */
const takingIn = (view: View): Taking | null => (view === 'nobodys' || view === 'mine' ? takings[view] : null);
/** The view whose lines are taken so; null for any other verb. */
export const viewOfTaking = (verb: string): keyof typeof takings | null =>
  (['nobodys', 'mine'] as const).find((view) => takings[view] === verb) ?? null;

/** Which list: of one service or of all, and whether a tap on a line takes the case on or hands it back. */
export interface Shown {
  view: View;
  service: Pick<ServiceLine, 'kind' | 'title'> | null;
  takes: boolean;
}
type Counts = Record<PendingView, number>;
/** The reader's language and day. */
interface Here {
  locale: Locale;
  today: PlainDate;
}

/** What waits, by due time, with the other views as buttons. */
export function pendingList(here: Here, shown: Shown, { cases, next }: Page, counts: Counts): Message {
  const { locale } = here;
  const taking = shown.takes ? takingIn(shown.view) : null;
  const line = taking ? takeButton(here, taking, kindMark(shown)) : openButton(here, shown.view);
  return message(
    lines(
      say(locale, cases.length > 0 ? `chat:pending.title.${taking ?? 'open'}` : 'chat:pending.none', {
        view: titleOf(locale, shown),
      }),
      !taking && say(locale, 'chat:pending.how'),
    ),
    ...stacked(cases.map(line)),
    ...stacked(taking ? [] : togetherButtons(locale, cases)),
    moreButton(locale, shown, next),
    otherLists(locale, shown, cases.length > 0),
    ...paired(views.filter((view) => view !== shown.view).map((view) => tab(locale, view, counts[view]))),
    navigation(locale, tap('go', { to: 'menu' })),
  );
}

const kindMark = ({ service }: Pick<Shown, 'service'>): string => (service ? mark(service.kind) : '');

/** 「没人认领的」, 「没人认领的：搬到别的社区」 */
function titleOf(locale: Locale, { view, service }: Shown): string {
  const name = say(locale, `chat:pending.views.${view}`);
  return service ? say(locale, 'chat:pending.of', { view: name, title: service.title }) : name;
}

const listTap = ({ view, service, takes }: Shown): string =>
  tap('pending', { view, kind: kindMark({ service }), takes, due: 0, id: null });

const MOST_COUNTED = 100;
function tab(locale: Locale, view: View, count: number): Button {
  const many = count < MOST_COUNTED ? String(count) : say(locale, 'staff:pending.many');
  const name = say(locale, `chat:pending.views.${view}`);
  return {
    text: count > 0 ? say(locale, 'chat:pending.tab', { view: name, count: many }) : name,
    data: listTap({ view, service: null, takes: false }),
  };
}

/** The same list otherwise: lines that are taken with a tap, another service. */
function otherLists(locale: Locale, shown: Shown, any: boolean): Button[] {
  const taking = takingIn(shown.view);
  const turned = { ...shown, takes: !shown.takes };
  return [
    ...(taking && any
      ? [{ text: say(locale, `chat:pending.turn.${shown.takes ? 'open' : taking}`), data: listTap(turned) }]
      : []),
    { text: say(locale, 'chat:pending.kinds'), data: tap('pendingKinds', { view: shown.view }) },
  ];
}

/** The cursor is `due time,id`; 64 bytes hold it as a number and a packed id. */
function moreButton(locale: Locale, { view, takes, ...shown }: Shown, next: string | null): Button[] {
  const [due = '', id = ''] = next?.split(',') ?? [];
  if (!due || !id) return [];
  const data = tap('pending', { view, kind: kindMark(shown), takes, due: Date.parse(due), id });
  return [{ text: say(locale, 'chat:cases.more'), data }];
}

/** 「搬到别的社区 · 刘淑兰 · 12月3日前」: short, since a phone shows no more of a button. */
function lineWords({ locale, today }: Here, line: ListedCase): string {
  const heading = headingOf(locale, line);
  if (!line.due) return heading;
  const pressing = line.overdue ? 'late' : line.due === today ? 'today' : 'line';
  return say(locale, `chat:pending.${pressing}`, { heading, day: sayShortDay(locale, line.due) });
}

/** The same with who has it in hand, where that is not said by the list. */
const openButton = (here: Here, view: View) => (line: ListedCase) => {
  const { locale } = here;
  const { claimedBy } = line;
  const mine = view === 'mine' ? null : say(locale, 'staff:pending.me');
  const who = claimedBy && (claimedBy.me ? mine : claimedBy.name);
  const words = lineWords(here, line);
  return caseButton(who ? say(locale, 'chat:pending.claimed', { line: words, name: who }) : words, line.number);
};

const takeButton = (here: Here, verb: Taking, kind: string) => (line: ListedCase) => ({
  text: say(here.locale, `chat:pending.take.${verb}`, { line: lineWords(here, line) }),
  data: tap('takeInList', { number: line.number, version: line.version, verb, kind }),
});

/** Which service? */
export function pendingKinds(locale: Locale, view: View, services: readonly ServiceLine[]): Message {
  const button = (text: string, service: Shown['service']) => ({
    text,
    data: listTap({ view, service, takes: false }),
  });
  return message(
    say(locale, 'chat:pending.whichKind', { view: say(locale, `chat:pending.views.${view}`) }),
    [button(say(locale, 'staff:pending.everyKind'), null)],
    ...paired(services.map((service) => button(service.title, service))),
    aside(locale),
  );
}

/** What was found by words; more than a page is not paged through: another letter is quicker. */
export function foundCases(here: Here, { cases, next }: Page): Message {
  const { locale } = here;
  const text = say(locale, next ? 'chat:pending.foundMany' : 'chat:pending.found', { count: cases.length });
  return message(text, ...stacked(cases.map(openButton(here, 'below'))), [goTo(locale, 'pending')], aside(locale));
}

const LONGEST_WORDS = 20;
/** A whole phone or identity number has more digits than a case's number: it has no place in a chat. */
const MOST_DIGITS = 9;

/** Whether what was typed could name somebody or a case. */
export const isSearch = (typed: string): boolean =>
  [...typed.trim()].length <= LONGEST_WORDS && /[\p{L}\d]/u.test(typed.normalize('NFKC'));
/** Whether it is nothing but digits, as a case or a phone has them: nothing else is meant by it. */
export const isNumber = (typed: string): boolean => /^\d+x?$/i.test(typed.normalize('NFKC').replace(/[\s-]/g, ''));
export const isLongNumber = (typed: string): boolean => typed.normalize('NFKC').replace(/\D/g, '').length > MOST_DIGITS;
