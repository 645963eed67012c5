/** Messages, before they are words: a text key and what it needs. The words are made at sending, in the person's language. */
import type { Locale } from '../../locales/index.ts';
import { say } from '../../locales/index.ts';
import type { City } from '../context.ts';
import type { Units } from '../ports.ts';
import { sayMoment } from '../when.ts';

/** A value in a message: plain, a text of its own, a day, a moment, or a list of texts. Kept as a string so that the row is plain JSON. */
export type Part = string;

/** Words as they are (a name); a leading sign of the other kinds is taken off. */
export const plain = (text: string): Part => text.replace(/^[@#~%]+/, '');
/** A text key to be said in the reader's language. */
export const words = (key: string): Part => `@${key}`;
/** Several text keys, said as a list. */
export const wordList = (keys: readonly string[]): Part => `@@${keys.join(' ')}`;
/** A line of such a list that stands there as somebody wrote it. */
export const asWritten = (text: string): string => `=${encodeURIComponent(text)}`;
/** A unit, by its name. */
export const unitName = (id: string): Part => `~${id}`;
/** The id of the unit that a part names; null for any other. */
const unitIn = (part: Part): string | null => (part.startsWith('~') ? part.slice(1) : null);
/** A day (`YYYY-MM-DD`), shown in the reader's way. */
export const dayWords = (day: string): Part => `#${day}`;
/** A moment, with its weekday and the time of the day. */
export const momentWords = (moment: Date): Part => `%${moment.toISOString()}`;

/** A card that asks something of the person themself: read without its buttons as well, so it is sent as a text message and listed. */
export const asksYou = 'asked.you';

/** The same for whoever leads what somebody asks for. */
export const asksLeader = 'asked.leader';

/** Cards that are for people at home: they are read in the list of messages as well. */
export const asksAtHome: readonly string[] = [asksYou, asksLeader];

/** Asks a retiree whether something reported about them is so; it goes out with the button that says no. */
export const asksToVerify = 'report.verify';

/** Says how many cards more came than anybody reads one by one. */
export const countsCards = 'cards.more';

/** The template of news about a notice: for chats and the list of messages. */
export const news = (what: 'published' | 'corrected'): string => `news.${what}`;
/** Asks whoever was at an activity how it was, with buttons: nothing that a text message could ask. */
const asksRating = 'activity.rate';
/** Nobody is sent news as a text message, and nobody is woken by any. */
export const isNews = (template: string): boolean => template.startsWith('news.') || template === asksRating;

/** A person to be told something. */
export interface NewMessage {
  /** A person, or the Telegram group of a self-help group. `atUnit`: colleagues there, for their post at it; left out for what is private. */
  to: { accountId: string; atUnit?: string } | { retireeId: string } | { roomId: string };
  form: 'notice' | 'card' | 'edit' | 'resume';
  template: string;
  params: Record<string, Part>;
  caseId?: string | null;
  editOf?: string;
  /** It was said where it was caused: kept for the person's list, not sent. */
  alreadySaid?: boolean;
  /** The same key is never written twice. */
  onceKey?: string;
  /** Nobody is to be woken by it: between nine in the evening and eight in the morning it waits for eight. */
  quiet?: boolean;
}

/** What words are made of besides the texts: units by their names, and the city's own words. */
export type WordSources = Pick<City, 'units' | 'messageWords'>;

/** The words of a message in a language: the city's own for the service that it is about, else the house's. */
export function render(template: string, params: Record<string, Part>, locale: Locale, city: WordSources): string {
  const kind = SERVICE_TITLE.exec(params['service'] ?? '')?.[1];
  const own = kind === undefined ? null : city.messageWords.of(kind, template, locale);
  if (own !== null) return fillWords(own, params, locale, city.units);
  const said = Object.entries(params).map(([name, part]) => [name, renderPart(part, locale, city.units)]);
  return say(locale, `notices:${template}`, Object.fromEntries(said) as Record<string, string>).trim();
}

/** The part that names a service, in every message about a case. */
const SERVICE_TITLE = /^@services\/(.+):title$/;

/** The city's words with what a message says of its case; what it does not say leaves nothing. */
export const fillWords = (wording: string, params: Record<string, Part>, locale: Locale, units: Units): string =>
  wording.replace(/\{\{(\w+)\}\}/g, (_, name: string) => renderPart(params[name] ?? '', locale, units)).trim();

/** As a text message says it: with the landline of the office that it names, which has no button there. */
export function withLandline(text: string, params: Record<string, Part>, locale: Locale, units: Units): string {
  const unit = units.get(unitIn(params['unit'] ?? '') ?? '');
  return unit?.phone ? text + say(locale, 'notices:call', { unit: unit.name, phone: unit.phone }) : text;
}

function renderPart(part: Part, locale: Locale, units: Units): string {
  const unit = unitIn(part);
  if (unit !== null) return units.get(unit)?.name ?? '';
  if (part.startsWith('@@')) {
    const lines = part.slice(2).split(' ').filter(Boolean);
    const said = (line: string) => (line.startsWith('=') ? decodeURIComponent(line.slice(1)) : say(locale, line));
    return lines.map((line) => `· ${said(line)}`).join('\n');
  }
  if (part.startsWith('@')) return say(locale, part.slice(1));
  if (part.startsWith('#')) return showDay(part.slice(1), locale);
  if (part.startsWith('%')) return sayMoment(new Date(part.slice(1)), locale);
  return part;
}

/** 2026年11月26日, in the reader's way. */
export function showDay(day: string, locale: Locale): string {
  const [year = '', month, date] = day.split('-');
  return say(locale, 'engine:answers.day', { year, month: Number(month), day: Number(date) });
}
