/** Activities in chat: the nearest ones, each with a tap that signs up or gives up; one of them with how the person's people stand. */
import type { Me } from '../../api/access/me.ts';
import type { ActivityList, ActivityView } from '../../api/activities/read-activities.ts';
import type { ActivityLine, OwnSignUp } from '../../api/activities/view.ts';
import { say, type Locale } from '../../locales/index.ts';
import { lines, message, paragraphs, stacked, type Button, type Message } from './message.ts';
import { aside, navigation } from './navigation.ts';
import { tap } from './taps.ts';

/** More than this no phone shows at once. */
const MOST = 5;

const t = (locale: Locale, key: string, params: Record<string, string | number> = {}): string =>
  say(locale, `activities:${key}`, params);

function seatWords(locale: Locale, { door, left, opens }: ActivityLine): string {
  if (door !== 'open') return t(locale, `seats.${door}`, { opens });
  return left > 0 ? t(locale, 'seats.left', { left }) : t(locale, 'seats.full');
}

/** How somebody stands, never what they need: that is for the page. */
function standing(locale: Locale, { state, line, until }: OwnSignUp): string {
  return t(locale, `states.${state}`, { line: line ?? 1, until: until ?? '' });
}

const look = (text: string, activity: string): Button => ({ text, data: tap('activity', { activity }) });
const giveUp = (locale: Locale, signUp: string, text = t(locale, 'chat.giveUp')): Button => ({
  text,
  data: tap('giveUp', { signUp }),
});
const confirm = (locale: Locale, signUp: string): Button => ({
  text: t(locale, 'confirm'),
  data: tap('seat', { signUp }),
});

/** The nearest, from one on. With one person there is nobody to be asked for: the tap stands in the list. */
export function activityList(
  locale: Locale,
  { activities }: ActivityList,
  people: Me['people'],
  from: number,
): Message {
  const page = activities.slice(from, from + MOST);
  if (page.length === 0) return message(t(locale, 'none'), aside(locale));
  const [only] = people.length === 1 ? people : [];
  const described = page.map((one) =>
    lines(
      t(locale, 'chat.line', { title: one.title, unit: one.unit.name }),
      one.when,
      one.place,
      seatWords(locale, one),
      ...one.mine.map((own) => t(locale, 'chat.standing', { name: own.name, state: standing(locale, own) })),
    ),
  );
  const acting = (one: ActivityList['activities'][number]): Button | null => {
    const [own] = one.mine;
    if (!only) return null;
    if (own) return own.state === 'offered' ? confirm(locale, own.id) : giveUp(locale, own.id);
    if (one.door !== 'open') return null;
    const data = tap('signUp', { activity: one.id, person: only.id });
    return { text: t(locale, one.left > 0 ? 'chat.signUp' : 'chat.wait'), data };
  };
  const rows = page.map((one) => [look(one.title, one.id), acting(one)]);
  const more = { text: t(locale, 'more'), data: tap('activities', { from: from + MOST }) };
  return message(
    paragraphs(t(locale, 'chat.title'), ...described),
    ...rows,
    [activities.length > from + MOST && more],
    navigation(locale, tap('go', { to: 'menu' })),
  );
}

/** `page` is its address in a browser; `before` is what was just done, `undo` the button that takes it back. */
export function oneActivity(
  locale: Locale,
  activity: ActivityView,
  page: string,
  before = '',
  undo: Button | null = null,
): Message {
  const { id, title, unit, when, place, directions, bring, walking, door, people } = activity;
  const standings = people.flatMap((person) => {
    const { name, signUp, clashes } = person;
    return [
      signUp && t(locale, 'chat.standing', { name, state: standing(locale, signUp) }),
      signUp?.companion && t(locale, 'chat.standing', { name, state: t(locale, 'withCompanion') }),
      ...clashes.map((other) => t(locale, 'clash', { name, title: other.title, when: other.when })),
    ];
  });
  const text = paragraphs(
    before,
    lines(
      t(locale, 'chat.line', { title, unit: unit.name }),
      when,
      place,
      door !== 'cancelled' && seatWords(locale, activity),
    ),
    door === 'cancelled' && t(locale, 'calledOff', { why: activity.cancelledWhy ?? '' }),
    lines(directions, t(locale, `walking.${walking}`), bring && t(locale, 'bring', { what: bring })),
    lines(...standings),
  );
  const back = { text: t(locale, 'chat.back'), data: tap('go', { to: 'activities' }) };
  return message(
    text,
    [undo],
    ...people.flatMap((person) => rowsOf(locale, activity, person)),
    [{ text: t(locale, 'chat.open'), url: `${page}/a/${id}` }],
    [back],
    aside(locale),
  );
}

function rowsOf(locale: Locale, activity: ActivityView, person: ActivityView['people'][number]): Button[][] {
  const { id, name, may, meant, signUp } = person;
  const begun = !['open', 'not-yet', 'closed'].includes(activity.door);
  if (!may || !meant || begun) return [];
  if (signUp)
    return [
      ...(signUp.state === 'offered' ? [[confirm(locale, signUp.id)]] : []),
      ...wishRows(locale, activity, name, signUp),
      [giveUp(locale, signUp.id, t(locale, 'chat.giveUpFor', { name }))],
    ];
  if (activity.door !== 'open') return [];
  const text = t(locale, activity.left > 0 ? 'signUp' : 'wait', { name });
  return [[{ text, data: tap('signUp', { activity: activity.id, person: id }) }]];
}

/** What may come with a sign-up: whoever takes part says so or does not, nobody is asked. */
export const wishes = ['companion', 'company', 'slow'] as const;

export const wishTap = (text: string, signUp: string, what: (typeof wishes)[number], yes: boolean): Button => ({
  text,
  data: tap('wish', { signUp, what, yes }),
});

/** What was said before is not offered again, and not shown either. With several people each button says for whom it is. */
function wishRows(
  locale: Locale,
  { companions, door, people }: ActivityView,
  name: string,
  { id, companion, needs }: OwnSignUp,
): Button[][] {
  const words = (text: string) => (people.length > 1 ? t(locale, 'chat.standing', { name, state: text }) : text);
  const may = companions && door === 'open';
  const bring = may && !companion && wishTap(words(t(locale, 'chat.bring')), id, 'companion', true);
  const alone = companion && wishTap(words(t(locale, 'chat.alone')), id, 'companion', false);
  const needed = (['company', 'slow'] as const)
    .filter((one) => !needs[one])
    .map((one) => wishTap(words(t(locale, one === 'slow' ? 'slow' : 'company')), id, one, true));
  return [[bring || alone].filter((one) => one !== false), ...(people.length > 1 ? stacked(needed) : [needed])];
}

/** The best on top, each with its words: a digit alone says nothing. */
const ratingButtons = (locale: Locale, signUp: string): Button[][] =>
  stacked(
    [5, 4, 3, 2, 1].map((stars) => ({
      text: t(locale, `rating.stars.${stars}`),
      data: tap('rating', { signUp, stars }),
    })),
  );

/** News after which somebody still has a seat or a place in the line. */
const standsStill: readonly string[] = [
  'offered',
  'seated',
  'remind',
  'changed',
  'signed-up',
  'signed-up-for',
  'lined-up',
  'lined-up-for',
];

/** Below news of an activity: confirming a seat that was offered, giving it up, looking at it. */
export function newsButtons(locale: Locale, what: string, activity: string, signUp: string | undefined): Button[][] {
  if (!signUp) return [[look(t(locale, 'chat.look'), activity)]];
  if (what === 'rate') return [...ratingButtons(locale, signUp), [look(t(locale, 'chat.look'), activity)]];
  return [
    ...(what === 'offered' ? [[confirm(locale, signUp)]] : []),
    ...(standsStill.includes(what) ? [[giveUp(locale, signUp)]] : []),
    [look(t(locale, 'chat.look'), activity)],
  ];
}
