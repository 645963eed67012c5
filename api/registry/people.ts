/** Reads a retiree as services see one: whose care they are in, where they live, how they are reached. */
import { and, desc, eq, gte, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { prepared } from '../../db/prepared.ts';
import { groupLeaders } from '../../db/schema/groups.ts';
import { care, residences, retirees } from '../../db/schema/registry.ts';
import type { Db } from '../../db/connect.ts';
import { blindIndex } from '../../db/vault.ts';
import type { PlainDate } from '../dates.ts';
import type { People, Retiree, Units } from '../ports.ts';

/** Care ends at death; the family goes on with the unit that served last. */
const endedAtDeath = and(isNotNull(retirees.diedOn), gte(care.until, retirees.diedOn));

const chosen = (db: Db, where: SQL) =>
  db
    .select({
      id: retirees.id,
      name: retirees.name,
      insuredAt: retirees.insuredAt,
      born: retirees.born,
      certifiedOn: retirees.certifiedOn,
      diedOn: retirees.diedOn,
      retiredOn: retirees.retiredOn,
      phone: retirees.phone,
      employer: retirees.employer,
      employerKind: retirees.employerKind,
      careUnit: care.unitId,
      homeCommunity: residences.communityId,
      place: residences.place,
      leads: groupLeaders.id,
    })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), or(isNull(care.until), endedAtDeath)))
    .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
    .leftJoin(groupLeaders, and(eq(groupLeaders.retireeId, retirees.id), isNull(groupLeaders.until)))
    .where(where)
    .orderBy(desc(care.since))
    .limit(1);

const byId = prepared((db) => chosen(db, eq(retirees.id, sql.placeholder('id'))));
const byNumber = prepared((db) => chosen(db, eq(retirees.idNumberIndex, sql.placeholder('index'))));

type Row = Awaited<ReturnType<typeof byId>>[number];

/** @see People; `units` gives the tree as it is now */
export function people(units: () => Units): People {
  const first = ([row]: Row[]) => (row ? toRetiree(row, units()) : null);
  return {
    retiree: async (db, id) => first(await byId(db, { id })),
    byIdNumber: async (db, idNumber) => first(await byNumber(db, { index: blindIndex('id', idNumber) })),
  };
}

function toRetiree(row: Row, units: Units): Retiree {
  const insuredAt = units.get(row.insuredAt);
  if (!insuredAt) throw new Error(`There is no unit ${row.insuredAt}.`);
  return {
    id: row.id,
    name: row.name,
    insuredAt,
    alive: row.diedOn === null,
    born: row.born as PlainDate,
    certifiedOn: row.certifiedOn as PlainDate | null,
    diedOn: row.diedOn as PlainDate | null,
    retiredOn: row.retiredOn as PlainDate | null,
    care: row.careUnit ? units.get(row.careUnit) : null,
    home: row.place && { community: row.homeCommunity ? units.get(row.homeCommunity) : null, place: row.place },
    phone: row.phone,
    employer: row.employer,
    employerKind: row.employerKind,
    leadsGroup: row.leads !== null,
  };
}
