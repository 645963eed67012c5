/** Words that several of the pages about oneself use. */
import type { LookupLine } from '../../api/my-data/lookups.ts';
import { hasText, t } from '../base/texts.ts';

/** Who looked at what of whom, and why, a line each. */
export function lookedAt({ who, unit, what, why, name }: LookupLine): string[] {
  const person = who ?? t('me:looks.someone');
  const kind = `me:looks.kinds.${what}`;
  return [
    unit ? t('me:looks.who', { who: person, unit }) : t('me:looks.whoOnly', { who: person }),
    t('me:looks.whose', { name }),
    t('me:looks.what', { what: hasText(kind) ? t(kind) : what }),
    t('me:looks.why', { why }),
  ];
}
