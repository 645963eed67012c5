/** What a message is about: the service and for whom. Whoever acts for somebody else reads that first. */
import { say, type Locale } from '../../locales/index.ts';
import { quote } from '../../locales/quote.ts';

export interface About {
  title: string;
  subject: { name: string } | null;
  /** The reader does this for somebody else. */
  actsFor: boolean;
}

/** 「搬到别的社区 · 刘淑兰」 for herself and for staff, 「替刘淑兰：搬到别的社区」 for her daughter. */
export function headingOf(locale: Locale, { title, subject, actsFor }: About): string {
  // What somebody typed for a name may be anything; what would become a link is read on the page.
  const name = quote(subject?.name ?? '');
  if (!name) return title;
  return actsFor ? `${forWhom(locale, name)}${title}` : `${title} · ${name}`;
}

/** 「替刘淑兰：」, for messages without a heading; nothing for one's own. */
export const whomLine = (locale: Locale, { subject, actsFor }: Omit<About, 'title'>): string =>
  subject && actsFor ? forWhom(locale, subject.name).trim() : '';

const forWhom = (locale: Locale, name: string): string => say(locale, 'chat:whom.for', { name });

/** The line above what is said, unless what is said names the person already. */
export const named = (line: string, text: string): string =>
  line === '' || text.includes(line) ? text : [line, text].filter(Boolean).join('\n');
