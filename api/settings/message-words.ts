/** The city's own words for messages, in memory: said in place of those of the house by whatever way a message goes. */
import { ne } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { messageWords } from '../../db/schema/settings.ts';
import type { Locale } from '../../locales/index.ts';
import type { MessageWords } from '../ports.ts';

export async function loadMessageWords(db: Db): Promise<MessageWords> {
  const rows = await db.select().from(messageWords).where(ne(messageWords.words, ''));
  const known = new Map(rows.map(({ kind, template, locale, words }) => [keyOf(kind, template, locale), words]));
  return {
    of: (kind, template, locale) =>
      known.get(keyOf(kind, template, locale)) ??
      // Whoever reads traditional characters reads the city's simplified ones rather than words that the city replaced.
      (locale === 'zh-Hant' ? known.get(keyOf(kind, template, 'zh-CN')) : undefined) ??
      null,
  };
}

const keyOf = (kind: string, template: string, locale: Locale): string => `${kind} ${template} ${locale}`;
