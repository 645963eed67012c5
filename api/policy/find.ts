/** Finds what was asked for in the index: by the words asked, rare ones counting more, for the people of some units. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { preparedSql } from '../../db/prepared.ts';
import type { AskKind } from '../../db/schema/policy.ts';
import { tells } from './rank.ts';
import { asked } from './segment.ts';

export interface Found {
  kind: AskKind;
  ref: string;
  /** How much of what was asked it answers, 0 to 1. */
  score: number;
}

export interface Search {
  found: Found[];
  /** What each asked term tells; the sentence that answers is chosen by it. */
  worth: Map<string, number>;
}

/** So many are looked at; what a reader may not see is left out of them. */
const MOST = 30;
/** How much a word that stands nowhere (a name, a place) is held against what was found without it. */
const UNKNOWN = 0.35;
/** A question of more terms than this is a story: its first ones count. */
const MOST_TERMS = 16;

const rarity = preparedSql<{ term: string; having: number; every: number }>(sql`
  select t.term, d.having::int, n.every::int
    from unnest(${sql.placeholder('terms')}::text[]) as t(term)
   cross join (select count(*) as every from ask_entries) n
   cross join lateral (select count(*) as having from ask_postings where term = t.term) d`);

const matching = preparedSql<{ kind: AskKind; ref: string; score: number }>(sql`
  select e.kind, e.ref, s.score from (
    select p.entry_id, sum(p.weight * q.worth) as score
      from json_to_recordset(${sql.placeholder('worth')}::json) as q(term text, worth float)
      join ask_postings p using (term)
     group by p.entry_id order by score desc limit ${MOST * 10}) s
    join ask_entries e on e.id = s.entry_id
   where e.unit_id is null or e.unit_id = any(${sql.placeholder('units')}::text[])
   order by s.score desc, e.id limit ${MOST}`);

/** The best first. Nothing when the question has no word that says anything. */
export async function find(db: Db, question: string, units: readonly string[]): Promise<Search> {
  const terms = asked(question).slice(0, MOST_TERMS);
  if (terms.length === 0) return { found: [], worth: new Map() };
  const rows = await rarity(db, { terms: `{${terms.map((term) => JSON.stringify(term)).join(',')}}` });
  const worth = new Map(rows.map(({ term, having, every }) => [term, tells(having, every)]));
  const whole = rows.reduce((sum, { having, every }) => sum + tells(having, every) * (having === 0 ? UNKNOWN : 1), 0);
  const found = await matching(db, {
    worth: JSON.stringify([...worth].map(([term, one]) => ({ term, worth: one }))),
    units: `{${units.map((id) => JSON.stringify(id)).join(',')}}`,
  });
  return { found: found.map(({ kind, ref, score }) => ({ kind, ref, score: score / whole })), worth };
}
