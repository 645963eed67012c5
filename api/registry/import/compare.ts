/** Compares a row of a roster with what the registry holds of that person. Pure. */
import type { Place } from '../../../db/schema/registry.ts';
import { showAddress } from '../../values/address.ts';
import type { RetireeRecord } from './check-row.ts';
import type { Column } from './headings.ts';

/** What the registry holds now. `communityId` is the unit whose care the person is in. */
export interface KnownRetiree {
  id: string;
  name: string;
  phone: string | null;
  retiredOn: string | null;
  employer: string | null;
  employerKind: string | null;
  insuredAt: string;
  communityId: string | null;
  place: Place | null;
}

/** The columns in which the row says something else. What the row leaves out is no difference. */
export function differences(known: KnownRetiree, row: RetireeRecord): Column[] {
  const pairs: [Column, string | null, string | null][] = [
    ['name', known.name, row.name],
    ['phone', known.phone, row.phone],
    ['retiredOn', known.retiredOn?.slice(0, 7) ?? null, row.retiredOn?.slice(0, 7) ?? null],
    ['employer', known.employer, row.employer],
    ['employerKind', known.employerKind, row.employerKind],
    ['insuredAt', known.insuredAt, row.agencyStated ? row.insuredAt : null],
    ['community', known.communityId, row.communityId],
    ['address', known.place && showAddress(known.place), showAddress(row.place) || null],
  ];
  return pairs.filter(([, held, said]) => said !== null && held !== said).map(([column]) => column);
}
