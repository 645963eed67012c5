/** What narrows the pending list: words that name somebody or a case. */
import { eq, sql, type SQL } from 'drizzle-orm';
import { lastFourKey } from '../../../db/last-four.ts';
import { cases } from '../../../db/schema/engine.ts';
import { retirees, searchKeys } from '../../../db/schema/registry.ts';
import { searchTerm } from '../../values/name-keys.ts';
import { readCaseNumber } from '../case-number.ts';

/** Cases by their number, the beginning of a name, its pinyin or initials, or the last four digits of the phone. */
export function matching(words: string): SQL | undefined {
  const number = readCaseNumber(words);
  if (number) return eq(cases.number, number);
  const term = searchTerm(words);
  if (term === '') return undefined;
  // As the keys are kept: four digits are looked up by their blind index, in no address and no log.
  const key = /^\d{3}[\dx]$/.test(term)
    ? sql`s.key = ${lastFourKey(term)}`
    : sql`s.key like ${`${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`;
  return sql`(starts_with(coalesce(${retirees.name}, ${cases.named}), ${words.trim()})
    or exists (select from ${searchKeys} s where s.retiree_id = ${cases.subjectId} and ${key}))`;
}
