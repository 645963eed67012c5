/** What is shown when nothing is being asked: greeting, menu, services, guide, for whom, languages, help, whom to call. */
import type { Me } from '../../api/access/me.ts';
import type { DraftView } from '../../api/engine/drafts/view.ts';
import type { Guide, ServiceLine } from '../../api/engine/guide.ts';
import { locales, say, type Locale } from '../../locales/index.ts';
import { sayDay } from './days.ts';
import { headingOf } from './heading.ts';
import { mark } from './mark.ts';
import { lines, message, paired, stacked, type Button, type Message } from './message.ts';
import { aside, goTo, navigation } from './navigation.ts';
import { tap } from './taps.ts';

export const isStranger = (me: Me): boolean => me.people.length === 0 && !isStaff(me);
/** Also with posts that wait for the second factor: what they lead to says so. */
const isStaff = (me: Me): boolean => me.posts.length > 0 || me.secondFactor !== null;

/** The first words: who we are and what we do, in two lines; then what this person can do now. */
export function greeting(locale: Locale, me: Me): Message[] {
  const name = me.name ?? '';
  const hello = lines(
    say(locale, name ? 'chat:greeting.named' : 'chat:greeting.unnamed', { name }),
    say(locale, 'chat:greeting.what'),
  );
  if (!isStranger(me)) return [menu(locale, me, hello)];
  return [
    {
      ...message(lines(hello, say(locale, 'chat:greeting.share'))),
      sharePhone: say(locale, 'chat:answers.sharePhone'),
    },
    menu(locale, me),
  ];
}

/** Everything one can do from here. `before` is what is said first. */
export function menu(locale: Locale, me: Me, before = say(locale, 'chat:menu.title')): Message {
  const staff = isStaff(me);
  const own = (
    ['services', 'cases', 'activities', 'notices', 'group', 'family', 'me', 'page', 'languages'] as const
  ).map((to) => goTo(locale, to));
  return message(before, ...(staff ? [[goTo(locale, 'pending')]] : []), ...paired(own), [
    goTo(locale, 'help'),
    goTo(locale, 'human'),
  ]);
}

/** The service for those whom nobody has registered. */
const ENROLMENT = 'enrolment';

/** How somebody is bound to their record. `link` signs them in on the page for it. */
export function notBound(
  locale: Locale,
  me: Me,
  link: string,
  before = me.people.length === 0 ? say(locale, 'chat:bind.why') : '',
): Message {
  const open: Button[] = [{ text: say(locale, 'chat:bind.open'), url: link }];
  const enrol: Button[] =
    me.people.length === 0
      ? [{ text: say(locale, 'chat:bind.enrol'), data: tap('guide', { service: mark(ENROLMENT) }) }]
      : [];
  return message(
    lines(
      before,
      say(locale, 'chat:bind.page'),
      say(locale, 'chat:bind.slip'),
      say(locale, 'chat:bind.counter', { unit: me.help.name, phone: me.help.phone ?? '12333' }),
    ),
    open,
    enrol,
    aside(locale),
  );
}

/** Unfinished forms first, then the services. */
export function services(locale: Locale, list: readonly ServiceLine[], drafts: readonly DraftView[]): Message {
  const begun = drafts.map((draft) => resumeButton(locale, draft));
  const guides = list.map(({ kind, title }) => ({ text: title, data: tap('guide', { service: mark(kind) }) }));
  const text = lines(say(locale, 'chat:services.title'), ...list.map(({ title, summary }) => `· ${title}：${summary}`));
  return message(text, ...stacked([...begun, ...guides]), navigation(locale, tap('go', { to: 'menu' })));
}

export const resumeButton = (locale: Locale, draft: DraftView): Button => ({
  text: say(locale, 'chat:draft.resume', { heading: headingOf(locale, draft) }),
  data: tap('resume', { draft: draft.id }),
});

/** What was begun and not finished. */
export function unfinished(locale: Locale, drafts: readonly DraftView[]): Message {
  const text = say(locale, drafts.length > 0 ? 'chat:draft.list' : 'chat:draft.none');
  return message(text, ...stacked(drafts.map((draft) => resumeButton(locale, draft))), aside(locale));
}

/** 办事指南, short: what it is, what to know, how long, and the button that begins. */
export function guide(locale: Locale, { kind, title, summary, before, promise }: Guide): Message {
  const text = lines(
    title,
    summary,
    ...before.map((line) => `· ${line}`),
    say(locale, 'chat:guide.promise', { days: promise }),
  );
  const begin = { text: say(locale, 'chat:guide.begin'), data: tap('begin', { service: mark(kind), person: null }) };
  return message(text, [begin], navigation(locale, tap('go', { to: 'services' })));
}

/** For whom? Themself first. */
export function forWhom(locale: Locale, { kind, title }: ServiceLine, people: Me['people']): Message {
  const buttons = people.map(({ id, name, relation }) => ({
    text: relation === 'self' ? say(locale, 'chat:whom.self', { name }) : name,
    data: tap('begin', { service: mark(kind), person: id }),
  }));
  return message(
    say(locale, 'chat:whom.ask', { title }),
    ...stacked(buttons),
    navigation(locale, tap('guide', { service: mark(kind) })),
  );
}

/** What stands for a person who is not on the list: no such id exists. */
export const SOMEBODY_ELSE = '00000000-0000-0000-0000-000000000000';

/** Of whom is something reported? The list, and somebody else. */
export function ofWhom(locale: Locale, { kind, title }: ServiceLine, people: Me['people']): Message {
  const button = (text: string, person: string) => ({ text, data: tap('begin', { service: mark(kind), person }) });
  return message(
    say(locale, 'chat:whom.reported', { title }),
    ...stacked(people.map(({ id, name }) => button(name, id))),
    [button(say(locale, 'chat:whom.somebodyElse'), SOMEBODY_ELSE)],
    navigation(locale, tap('guide', { service: mark(kind) })),
  );
}

/** Staff at the counter act for people on the page, where they can look them up. */
export const atCounter = (locale: Locale, page: string): Message =>
  message(say(locale, 'chat:whom.counter'), [{ text: say(locale, 'chat:whom.counterOpen'), url: page }], aside(locale));

/** Linked to somebody, but not so far that this may be done for them. */
export const notYours = (locale: Locale): Message => message(say(locale, 'chat:whom.notYours'), aside(locale));

export const languages = (locale: Locale): Message =>
  message(
    say(locale, 'chat:language.ask'),
    ...stacked(
      locales.map((one) => ({
        text: say(locale, `chat:language.names.${one}`),
        data: tap('language', { locale: one }),
      })),
    ),
    aside(locale),
  );

/** How it works; whoever works for a unit reads how the day's work is done here. */
export const help = (locale: Locale, me: Me): Message =>
  message(
    lines(say(locale, 'chat:help'), isStaff(me) && say(locale, 'staff:help.day.chat')),
    isStaff(me) ? [goTo(locale, 'pending')] : [],
    [goTo(locale, 'services'), goTo(locale, 'cases')],
    aside(locale),
  );

/** Whom to call: the community, whether somebody is there now, and 12333. `callBack` is the service that makes them call. */
export function human(locale: Locale, me: Me, callBack: ServiceLine | null): Message {
  const { name, phone, opening, responsible } = me.help;
  const text = lines(
    phone ? say(locale, 'chat:human.call', { unit: name, phone }) : say(locale, 'chat:human.noPhone', { unit: name }),
    responsible && say(locale, 'chat:human.responsible', { name: responsible }),
    opening && openingLine(locale, opening),
    say(locale, 'chat:human.hotline'),
  );
  const back =
    callBack && me.people.length > 0
      ? [{ text: callBack.title, data: tap('begin', { service: mark(callBack.kind), person: null }) }]
      : [];
  return message(text, back, [goTo(locale, 'menu')]);
}

function openingLine(locale: Locale, opening: NonNullable<Me['help']['opening']>): string {
  if (opening.open)
    return say(locale, opening.pause ? 'chat:human.openUntilPause' : 'chat:human.open', { until: opening.until });
  if (opening.pause) return say(locale, 'chat:human.opensAfterPause', { from: opening.from });
  const when = opening.inDays === 0 ? 'today' : opening.inDays === 1 ? 'tomorrow' : 'later';
  return say(locale, `chat:human.opens.${when}`, { day: sayDay(locale, opening.day), from: opening.from });
}

/** Where a page can be opened: in a browser, by a link that signs in once the chat was asked; inside the chat's app, at once. */
export interface PageAddress {
  link: string;
  app: string | null;
}

export const pageButtons = (locale: Locale, { link, app }: PageAddress): Button[][] => [
  ...(app ? [[{ text: say(locale, 'chat:page.app'), app }]] : []),
  [{ text: say(locale, 'chat:page.open'), url: link }],
];

const howToOpen = (locale: Locale, { app }: PageAddress): string =>
  say(locale, app ? 'chat:page.appHow' : 'chat:page.how');

export const pageLink = (locale: Locale, page: PageAddress): Message =>
  message(howToOpen(locale, page), ...pageButtons(locale, page), aside(locale));

/** 我的信息: nothing of it is said here; the page has it. */
export const mine = (locale: Locale, page: PageAddress): Message =>
  message(
    lines(say(locale, 'chat:me.where'), howToOpen(locale, page)),
    ...pageButtons(locale, page),
    [goTo(locale, 'devices')],
    aside(locale),
  );
