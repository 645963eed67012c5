/** Reads a retiree as services see one: whose care they are in, where they live, how they are reached. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { readRetiree, retireeInside, retireeWhere } from '../../db/retiree-inside.ts';
import type { JsonRow } from '../../db/rows-as-json.ts';
import { blindIndex } from '../../db/vault.ts';
import type { PlainDate } from '../dates.ts';
import type { People, Retiree, Units } from '../ports.ts';

interface Found {
  found: JsonRow | null;
}

const byId = preparedSql<Found>(sql`select ${retireeInside(sql`${sql.placeholder('id')}`)} as found`);
const byNumber = preparedSql<Found>(
  sql`select ${retireeWhere(sql`r.id_number_index = ${sql.placeholder('index')}`)} as found`,
);

/** @see People; `units` gives the tree as it is now */
export function people(units: () => Units): People {
  const read = (found: JsonRow | null) => found && toRetiree(found, units());
  const first = ([row]: Found[]) => read(row?.found ?? null);
  return {
    read,
    retiree: async (db, id) => first(await byId(db, { id })),
    byIdNumber: async (db, idNumber) => first(await byNumber(db, { index: blindIndex('id', idNumber) })),
  };
}

function toRetiree(found: JsonRow, units: Units): Retiree {
  const { home, careUnit, ...row } = readRetiree(found);
  const insuredAt = units.get(row.insuredAt);
  if (!insuredAt) throw new Error(`There is no unit ${row.insuredAt}.`);
  return {
    ...row,
    insuredAt,
    alive: row.diedOn === null,
    born: row.born as PlainDate,
    certifiedOn: row.certifiedOn as PlainDate | null,
    diedOn: row.diedOn as PlainDate | null,
    retiredOn: row.retiredOn as PlainDate | null,
    care: careUnit ? units.get(careUnit) : null,
    home: home && { community: home.communityId ? units.get(home.communityId) : null, place: home.place },
  };
}
