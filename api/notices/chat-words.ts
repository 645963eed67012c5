/** A notice as a message in a chat: cut where a message ends, with the way to the rest on a button below it. */
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { showDay } from '../delivery/message.ts';
import type { Unit } from '../ports.ts';
import { wordsOf } from './body.ts';
import type { Revision } from './notice.ts';

/** Of the official text; a message holds 4,096, and nobody reads more than a screen or two of a chat. */
const MOST = 1500;

export function chatWords({ locale }: Pick<Ctx, 'locale'>, unit: Unit, revision: Revision): string {
  const t = (key: string, params: Record<string, string> = {}) => say(locale, `published:chat.${key}`, params);
  const body = wordsOf(revision.body, (words) => t('picture', { words }));
  const { inForceFrom: from, inForceUntil: until } = revision;
  return [
    revision.title,
    revision.change && t('change', { change: revision.change }),
    t('summary', { summary: revision.summary }),
    from && t('from', { day: showDay(from, locale) }),
    until && t('until', { day: showDay(until, locale) }),
    body.length > MOST ? `${body.slice(0, MOST)}…` : body,
    unit.phone ? t('call', { unit: unit.name, phone: unit.phone }) : t('unit', { unit: unit.name }),
  ]
    .filter(Boolean)
    .join('\n\n');
}
