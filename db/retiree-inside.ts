/**
 * A retiree inside of another query's answer, with whose care they are in, where they live and what they are in a group: a draft or a
 * case is hardly ever read without whom it is about, and a way to the database costs more than what is done there.
 */
import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { readingRows, type JsonRow } from './rows-as-json.ts';
import { residences, retirees } from './schema/registry.ts';

/** One value for the retiree of this id, to be read with `readRetiree`; null where there is none. */
export const retireeInside = (id: SQLWrapper): SQL<JsonRow | null> => retireeWhere(sql`r.id = ${id}`);

/** The same by another mark of theirs: `r` are the columns of `retirees`. */
export const retireeWhere = (isThem: SQL): SQL<JsonRow | null> => sql`(
  select to_json(q) from (
    select r.id, r.name, r.insured_at, r.born, r.certified_on, r.died_on, r.retired_on, r.phone, r.employer, r.employer_kind,
           c.unit_id as care_unit, h.community_id, h.place,
           exists (select from group_members m where m.retiree_id = r.id and m.until is null) as in_group,
           exists (select from group_leaders l where l.retiree_id = r.id and l.until is null) as leads_group
      from retirees r
      -- Care ends at death; the family goes on with the unit that served last.
      left join care c on c.retiree_id = r.id and (c.until is null or c.until >= r.died_on)
      left join residences h on h.retiree_id = r.id and h.until is null
     where ${isThem} order by c.since desc limit 1) q)`;

const person = readingRows(
  retirees,
  'id',
  'name',
  'insuredAt',
  'born',
  'certifiedOn',
  'diedOn',
  'retiredOn',
  'phone',
  'employer',
  'employerKind',
);
const home = readingRows(residences, 'communityId', 'place');

/** Reads such a value: sealed columns opened, units by their ids. Where nobody lives anywhere, `home` is null. */
export const readRetiree = (found: JsonRow) => ({
  ...person(found),
  home: found['place'] === null ? null : home(found),
  careUnit: found['care_unit'] as string | null,
  inGroup: found['in_group'] as boolean,
  leadsGroup: found['leads_group'] as boolean,
});
