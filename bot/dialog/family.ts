/** 谁能替我办事, 我能替谁办: the list with a button to end each link. */
import type { Family } from '../../api/families/read-family.ts';
import type { ServiceLine } from '../../api/engine/guide.ts';
import { say, type Locale } from '../../locales/index.ts';
import { caseButton } from './cases.ts';
import { sayDay } from './days.ts';
import { mark } from './mark.ts';
import { lines, message, paragraphs, stacked, type Button, type Message } from './message.ts';
import { aside, navigation } from './navigation.ts';
import { tap } from './taps.ts';

type Helping = Family['helping'][number];
type Person = Family['helpers'][number]['people'][number];

/** A link that can be ended here, and what its button says. */
export interface Ending {
  id: string;
  text: string;
}

const othersOf = ({ helpers }: Family) =>
  helpers.map((one) => ({ ...one, people: one.people.filter(({ me }) => !me) }));

/** Links of the reader's that they may end: those to their own record, and those that they hold. */
export function endings(locale: Locale, family: Family): Ending[] {
  const taken = othersOf(family)
    .filter(({ own }) => own)
    .flatMap(({ people }) => people.map((one) => ({ id: one.id, text: take(locale, one) })));
  const given = family.helping.map(({ id, retiree }) => ({
    id,
    text: say(locale, 'chat:family.giveBack', { name: retiree.name }),
  }));
  return [...taken, ...given];
}

/** `asking` is the service by which one asks to act for somebody. */
export function familyList(locale: Locale, family: Family, asking: ServiceLine | null): Message {
  const requests = family.requests.map(({ number, retiree }) =>
    caseButton(say(locale, 'chat:family.request', { name: retiree.name }), number),
  );
  const ends = endings(locale, family).map(({ id, text }): Button => ({
    text,
    data: tap('unlink', { link: id, sure: false }),
  }));
  const ask = asking
    ? [{ text: say(locale, 'chat:family.ask'), data: tap('guide', { service: mark(asking.kind) }) }]
    : [];
  const text = paragraphs(...othersOf(family).map((one) => helpersOf(locale, one)), helpingOf(locale, family.helping));
  return message(
    text || say(locale, 'chat:family.nobody'),
    ...stacked([...requests, ...ends]),
    ask,
    navigation(locale, tap('go', { to: 'menu' })),
  );
}

function helpersOf(locale: Locale, { retiree, people }: Family['helpers'][number]): string {
  const title = say(locale, 'chat:family.helpers', { name: retiree.name });
  if (people.length === 0) return lines(title, say(locale, 'chat:family.none'));
  return lines(title, ...people.map((one) => `· ${nameOf(locale, one)}：${extent(locale, one)}`));
}

function helpingOf(locale: Locale, helping: readonly Helping[]): string {
  if (helping.length === 0) return '';
  return lines(
    say(locale, 'chat:family.helping'),
    ...helping.map((one) => `· ${one.retiree.name}：${extent(locale, one)}`),
  );
}

function nameOf(locale: Locale, { name, relation }: Person): string {
  const what = say(locale, `notices:family.relations.${relation}`);
  return name ? say(locale, 'chat:family.person', { name, what }) : what;
}

/** What they may do, and until when. */
function extent(locale: Locale, { scope, until }: Pick<Person, 'scope' | 'until'>): string {
  const may = say(locale, `chat:family.scopes.${scope}`);
  return until ? say(locale, 'chat:family.until', { may, day: sayDay(locale, until) }) : may;
}

const take = (locale: Locale, one: Person): string =>
  say(locale, 'chat:family.takeBack', { name: one.name ?? say(locale, `notices:family.relations.${one.relation}`) });

/** Ending is asked about once more: the other side is told at once. */
export const sureToEnd = (locale: Locale, { id, text }: Ending): Message =>
  message(
    say(locale, 'chat:family.sure', { what: text }),
    [
      { text: say(locale, 'chat:family.yes'), data: tap('unlink', { link: id, sure: true }) },
      { text: say(locale, 'chat:family.no'), data: tap('go', { to: 'family' }) },
    ],
    aside(locale),
  );

export const linkEnded = (locale: Locale): Message =>
  message(
    say(locale, 'chat:family.ended'),
    [{ text: say(locale, 'chat:family.again'), data: tap('go', { to: 'family' }) }],
    aside(locale),
  );
