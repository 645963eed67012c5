/** Reads a retiree as services see one: whose care they are in, where they live, how they are reached. */
import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { blindIndex, openBytes } from '../../db/vault.ts';
import type { Place } from '../../db/schema/registry.ts';
import type { People, Retiree, Units } from '../ports.ts';

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  insured_at: string;
  died_on: string | null;
  phone: Buffer | null;
  care_unit: string | null;
  home_community: string | null;
  home_place: Buffer | null;
}

/** @see People; `units` gives the tree as it is now */
export function people(units: () => Units): People {
  const one = async (db: Db, where: SQL) => {
    const [row] = await db.execute<Row>(sql`
      select r.id, r.name, r.insured_at, r.died_on, r.phone,
             c.unit_id as care_unit, h.community_id as home_community, h.place as home_place
        from retirees r
        left join care c on c.retiree_id = r.id and c.until is null
        left join residences h on h.retiree_id = r.id and h.until is null
       where ${where}`);
    return row ? toRetiree(row, units()) : null;
  };
  return {
    retiree: (db, id) => one(db, sql`r.id = ${id}`),
    byIdNumber: (db, idNumber) => one(db, sql`r.id_number_index = ${blindIndex('id', idNumber)}`),
  };
}

function toRetiree(row: Row, units: Units): Retiree {
  const insuredAt = units.get(row.insured_at);
  if (!insuredAt) throw new Error(`There is no unit ${row.insured_at}.`);
  return {
    id: row.id,
    name: row.name,
    insuredAt,
    alive: row.died_on === null,
    care: row.care_unit ? units.get(row.care_unit) : null,
    home: row.home_place && {
      community: row.home_community ? units.get(row.home_community) : null,
      place: unsealed<Place>(row.home_place, 'residences.place'),
    },
    phone: row.phone && unsealed<string>(row.phone, 'retirees.phone'),
  };
}

function unsealed<T>(bytes: Buffer, place: string): T {
  return JSON.parse(openBytes(Buffer.from(bytes), place).toString()) as T;
}
