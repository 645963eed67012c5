/** The offices of the demo, and the invented phones and hours of their counters. Pure. */
import type { OpeningHours } from '../../schema/registry.ts';
import { agencyOf, archivesId, cityAgencyId } from '../divisions.ts';
import { demoCommunities, demoDistricts, demoStreets } from './places.ts';

/** Every office that the story can reach, from the city down. */
export const officeIds: readonly string[] = [
  '4301',
  cityAgencyId,
  archivesId,
  ...demoDistricts,
  ...demoDistricts.map(agencyOf),
  ...demoStreets,
  ...demoCommunities,
];

/** Nine to five: what most counters keep, Monday to Friday. */
const nineToFive = { from: 9 * 60, to: 17 * 60 };
export const officeHours: OpeningHours = {
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, null, null],
  pause: null,
  exceptions: [],
};

/** 0731-80000001 and on, in the order of `officeIds`; a phone that is known is kept when they are loaded. */
export function demoOffices(): { unitId: string; phone: string }[] {
  return officeIds.map((unitId, at) => ({ unitId, phone: `0731-800000${String(at + 1).padStart(2, '0')}` }));
}
