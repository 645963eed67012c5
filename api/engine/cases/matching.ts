/** What narrows the pending list: words that name somebody or a case, and who is looked after with special care. */
import { eq, sql, type SQL } from 'drizzle-orm';
import { lastFourKey } from '../../../db/last-four.ts';
import { careFlags } from '../../../db/schema/care.ts';
import { cases } from '../../../db/schema/engine.ts';
import { care, retirees, searchKeys } from '../../../db/schema/registry.ts';
import type { Person } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
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

/** Cases of people with a special-care flag, where the reader may keep their flags (`care-flags.keep`): in the care of the own unit, or right below. */
export function flagged({ city }: Ctx, { posts }: Person): SQL {
  const units = [
    ...new Set(posts.flatMap(({ unitId }) => [unitId, ...city.units.children(unitId).map(({ id }) => id)])),
  ];
  return sql`exists (select from ${careFlags} f join ${care} c on c.retiree_id = f.retiree_id and c.until is null
    where f.retiree_id = ${cases.subjectId} and f.flagged and c.unit_id = any(${`{${units.join(',')}}`}::text[]))`;
}
