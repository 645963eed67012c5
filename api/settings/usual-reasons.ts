/** The usual reasons that units added to those of the services, in memory: some hundred lines, offered with every decision. */
import { usualReasons, type ReasonVerb } from '../../db/schema/settings.ts';
import type { Db } from '../../db/connect.ts';
import type { UsualReasons } from '../ports.ts';

export async function loadUsualReasons(db: Db): Promise<UsualReasons> {
  const rows = await db.select().from(usualReasons);
  const lists = new Map(rows.map(({ unitId, kind, verb, reasons }) => [keyOf(unitId, kind, verb), reasons]));
  return { of: (unitId, kind, verb) => lists.get(keyOf(unitId, kind, verb)) ?? [] };
}

const keyOf = (unitId: string, kind: string, verb: ReasonVerb): string => `${unitId} ${kind} ${verb}`;
