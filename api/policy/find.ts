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

/** A word in so many entries is common: how many more have it tells nothing, and is not counted. */
const COMMON = 1000;
/** What holds one of the rarest asked words is looked at with all of them; so many of the words are used to find it. */
const MOST_SEEDS = 5;
/** Where every word is common, so many of them are. */
const COMMON_SEEDS = 2;
/** So many are looked at with all words. */
const MOST_NEAR = 500;

const rarity = preparedSql<{ term: string; having: number; every: number }>(sql`
  select t.term, d.having::int, n.every::int
    from unnest(${sql.placeholder('terms')}::text[]) as t(term)
   cross join (select count(*) as every from ask_entries) n
   cross join lateral (
     select count(*) as having from (select from ask_postings where term = t.term limit ${COMMON + 1}) c) d`);

const matching = preparedSql<{ kind: AskKind; ref: string; score: number }>(sql`
  with near as materialized (
    select entry_id from ask_postings where term = any(${sql.placeholder('seeds')}::text[])
     group by entry_id order by sum(weight) desc limit ${MOST_NEAR})
  select e.kind, e.ref, s.score from (
    select n.entry_id, sum(p.weight * q.worth) as score
      from near n
     cross join json_to_recordset(${sql.placeholder('worth')}::json) as q(term text, worth float)
     cross join lateral (
       select weight from ask_postings where term = q.term and entry_id = n.entry_id) p
     group by n.entry_id) s
    join ask_entries e on e.id = s.entry_id
   where e.unit_id is null or e.unit_id = any(${sql.placeholder('units')}::text[])
   order by s.score desc, e.id limit ${MOST}`);

/** The best first. Nothing when the question has no word that says anything. */
export async function find(db: Db, question: string, units: readonly string[]): Promise<Search> {
  const terms = asked(question).slice(0, MOST_TERMS);
  if (terms.length === 0) return { found: [], worth: new Map() };
  const rows = await rarity(db, { terms: arrayOf(terms) });
  const worth = new Map(rows.map(({ term, having, every }) => [term, tells(having, every)]));
  const whole = rows.reduce((sum, { having, every }) => sum + tells(having, every) * (having === 0 ? UNKNOWN : 1), 0);
  const found = await matching(db, {
    seeds: arrayOf(seedsOf(rows)),
    worth: JSON.stringify([...worth].map(([term, one]) => ({ term, worth: one }))),
    units: arrayOf(units),
  });
  return { found: found.map(({ kind, ref, score }) => ({ kind, ref, score: score / whole })), worth };
}

/** The rarest words that anything has. */
function seedsOf(rows: readonly { term: string; having: number }[]): string[] {
  const known = rows.filter(({ having }) => having > 0).toSorted((one, other) => one.having - other.having);
  const rare = known.filter(({ having }) => having <= COMMON);
  const seeds = rare.length > 0 ? rare.slice(0, MOST_SEEDS) : known.slice(0, COMMON_SEEDS);
  return seeds.map(({ term }) => term);
}

/** As PostgreSQL writes an array. */
const arrayOf = (texts: readonly string[]): string => `{${texts.map((text) => JSON.stringify(text)).join(',')}}`;
