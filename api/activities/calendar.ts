/** An activity as a calendar file (RFC 5545), for the calendar of a phone: times in UTC, reminders of its own. */
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { findActivity } from './activity.ts';

/** @throws not-found */
export async function calendarFile(ctx: Ctx, id: string, page: string): Promise<string> {
  const activity = await findActivity(ctx, id);
  const { title, place, directions, bring, startsAt, endsAt, version, state, contactName, contactPhone } = activity;
  const words = [
    directions,
    bring && say(ctx.locale, 'activities:bring', { what: bring }),
    say(ctx.locale, 'activities:contact', { name: contactName, phone: contactPhone }),
    page,
  ].filter(Boolean);
  const reminder = (before: string) => [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    text('DESCRIPTION', title),
    `TRIGGER:-${before}`,
    'END:VALARM',
  ];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tuiguan//Tuiguan//ZH',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${id}@tuiguan`,
    `SEQUENCE:${version}`,
    `DTSTAMP:${utc(ctx.clock())}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    text('SUMMARY', title),
    text('LOCATION', place),
    text('DESCRIPTION', words.join('\n')),
    `STATUS:${state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    ...reminder('P1D'),
    ...reminder('PT2H'),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const utc = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d{3}/g, '');

const text = (name: string, value: string): string =>
  `${name}:${value.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')}`;

const MOST_OCTETS = 74;

/** Lines of at most 75 octets, cut between characters; what follows begins with a space. */
function fold(line: string): string {
  const parts = [''];
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > MOST_OCTETS) {
      parts.push('');
      octets = 0;
    }
    parts[parts.length - 1] += character;
    octets += size;
  }
  return parts.join('\r\n ');
}
