/** The figures of an estimate, as they are held: the rule of a day, and the published income of a year. */
import { desc, eq, lte, sql } from 'drizzle-orm';
import { accounts } from '../../db/schema/access.ts';
import { benefitRules, incomeBases } from '../../db/schema/deaths.ts';
import { prepared } from '../../db/prepared.ts';

/** The rule that holds for a death on a day. */
export const ruleOn = prepared((db) =>
  db
    .select()
    .from(benefitRules)
    .where(lte(benefitRules.since, sql`${sql.placeholder('day')}::date`))
    .orderBy(desc(benefitRules.since))
    .limit(1),
);

/** What was last entered for a year. */
export const baseOf = prepared((db) =>
  db
    .select()
    .from(incomeBases)
    .where(eq(incomeBases.year, sql.placeholder('year')))
    .orderBy(desc(incomeBases.n))
    .limit(1),
);

const MOST_LISTED = 60;

/** Everything that was ever entered, newest first. */
export const allBases = prepared((db) =>
  db
    .select({
      n: incomeBases.n,
      year: incomeBases.year,
      yearFen: incomeBases.yearFen,
      source: incomeBases.source,
      enteredAt: incomeBases.enteredAt,
      by: accounts.name,
    })
    .from(incomeBases)
    .leftJoin(accounts, eq(accounts.id, incomeBases.enteredBy))
    .orderBy(desc(incomeBases.n))
    .limit(MOST_LISTED),
);
