/** Every part of an export and how it is read. */
import { caseRecords } from '../engine/cases/records.ts';
import { activityParts } from './activity-parts.ts';
import { accountParts } from './account-parts.ts';
import { pageOf, type Reader } from './export-page.ts';
import { careParts } from './care-parts.ts';
import { groupParts } from './group-parts.ts';
import type { Part } from './held.ts';
import { noticeParts } from './notice-parts.ts';
import { retireeParts } from './retiree-parts.ts';

export const readers: Record<Part, Reader> = {
  ...accountParts,
  ...retireeParts,
  ...careParts,
  ...noticeParts,
  ...groupParts,
  ...activityParts,
  cases: async (ctx, owner, cursor) => pageOf(await caseRecords(ctx, owner, cursor)),
};
