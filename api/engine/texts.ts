/** Where the words of a service stand. One convention, used to ask, to show, and to check at load that nothing is missing. */
import { hasText, say, type Locale } from '../../locales/index.ts';
import type { Status } from '../../db/schema/engine.ts';
import type { Asks, FormEntry } from './form.ts';
import { ownWords } from './own-reasons.ts';
import type { FollowedStatus } from './followed.ts';
import type { Service } from './service.ts';
import type { Verb } from './verbs.ts';

/** Which form a question belongs to: the service's own (`step` null), or that of a verb at a step. */
export interface FormPlace {
  step: string | null;
  verb: Verb | null;
}

export const ownForm: FormPlace = { step: null, verb: null };

/** A text of the service itself. */
export const serviceKey = (kind: string, path: string): string => `services/${kind}:${path}`;

/** The first of the keys that has words; the service's own, which stands first, is named as missing when none has. */
function firstOf(keys: string[]): string {
  return keys.find(hasText) ?? keys[0] ?? '';
}

/** The key of a question's own text: the service's words first, then what the engine says for its own verbs. */
export function questionKey(kind: string, place: FormPlace, key: string, part: string): string {
  if (!place.verb) return serviceKey(kind, `ask.${key}.${part}`);
  return firstOf([
    serviceKey(kind, `steps.${place.step ?? ''}.ask.${key}.${part}`),
    `engine:verbs.${place.verb}.ask.${key}.${part}`,
  ]);
}

/** The key of one choice's words. Reasons for return and reject stand once a service, not once a step. */
function optionKey(kind: string, place: FormPlace, key: string, value: string): string {
  const reasons =
    place.verb === 'return' || place.verb === 'reject' ? [serviceKey(kind, `${place.verb}.${value}`)] : [];
  return firstOf([...reasons, questionKey(kind, place, key, `options.${value}`)]);
}

/** One choice in words; a unit's own reason is said as the unit wrote it. */
export const optionText = (locale: Locale, kind: string, place: FormPlace, key: string, value: string): string =>
  ownWords(value) ?? say(locale, optionKey(kind, place, key, value));

/**
 * What a step is called in the pending list (`title`), what the applicant reads while it waits (`waiting`), and what a retiree reads
 * of whom something is asked (`asks`).
 */
export function stepText(
  locale: Locale,
  service: Service,
  step: string,
  part: 'title' | 'waiting' | 'asks.state' | 'asks.next' | 'asks.staff',
  unit = '',
): string {
  const entry = service.steps[step]?.entry ? [`engine:officeEntry.${part}`] : [];
  return say(locale, firstOf([serviceKey(service.kind, `steps.${step}.${part}`), ...entry]), { unit });
}

/** What was done at a step, in the service's own words where it has any: to agree to a death would be the wrong word. */
export const doneText = (locale: Locale, { kind }: Service, step: string | null, verb: string): string =>
  say(
    locale,
    firstOf([
      serviceKey(kind, `steps.${step ?? ''}.done.${verb}`),
      serviceKey(kind, `done.${verb}`),
      `engine:verbs.${verb}.done`,
    ]),
  );

/** How a case ended, in the service's own words where it has any. */
export const statusText = (locale: Locale, { kind }: Service, status: Status, unit: string): string =>
  say(locale, firstOf([serviceKey(kind, `statuses.${status}`), `engine:statuses.${status}`]), { unit });

/** What comes next, in the service's own words; null when it has none and the reader's client says it. */
export function nextText(
  locale: Locale,
  { kind }: Service,
  step: string | null,
  status: Status,
  unit: string,
): string | null {
  const keys = [...(step ? [serviceKey(kind, `steps.${step}.next`)] : []), serviceKey(kind, `next.${status}`)];
  const key = keys.find(hasText);
  return key ? say(locale, key, { unit }) : null;
}

/** What staff are to do at a step before they decide; null where the service says nothing of it. */
export function todoText(locale: Locale, { kind }: Service, step: string | null): string | null {
  const key = serviceKey(kind, `steps.${step ?? ''}.todo`);
  return step && hasText(key) ? say(locale, key) : null;
}

/** What a followed case is said to be at, and what comes next, by whether it waits or how it ended. */
export function followText(locale: Locale, service: Service, at: FollowedStatus, part: 'state' | 'next'): string {
  return say(locale, firstOf([serviceKey(service.kind, `follow.${at}.${part}`), `engine:follow.${at}.${part}`]));
}

/** The label of a verb at a step: pay, file and enter are `approve` under another label, and a retiree who is asked may read her own. */
export function verbText(
  locale: Locale,
  service: Service,
  step: string | null,
  verb: Verb,
  as: Asks = 'staff',
): string {
  const own = as === 'retiree' ? [serviceKey(service.kind, `steps.${step ?? ''}.asks.${verb}`)] : [];
  const entry = step && service.steps[step]?.entry ? [`engine:officeEntry.verbs.${verb}`] : [];
  return say(
    locale,
    firstOf([
      ...own,
      serviceKey(service.kind, `steps.${step ?? ''}.verbs.${verb}`),
      ...entry,
      `engine:verbs.${verb}.label`,
    ]),
  );
}

/** Every key that a form's questions need. */
export function formKeys(kind: string, place: FormPlace, entries: readonly FormEntry[]): string[] {
  return entries.flatMap(({ key, question }) => [
    questionKey(kind, place, key, 'label'),
    ...optionsOf(question.options).map((value) => optionKey(kind, place, key, value)),
    ...columnsOf(question.options).map((column) => questionKey(kind, place, key, `columns.${column}`)),
  ]);
}

export function optionsOf(options: object): readonly string[] {
  return 'of' in options && Array.isArray(options.of) ? (options.of as string[]) : [];
}

export function columnsOf(options: object): readonly string[] {
  return columnEntries(options).map((column) => column.key);
}

/** The questions of a list's columns; none for every other type. */
export function columnEntries(options: object): readonly FormEntry[] {
  return 'columns' in options && Array.isArray(options.columns) ? (options.columns as FormEntry[]) : [];
}
