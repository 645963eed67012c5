/**
 * The last step of a decision that also stands in the office's own system (长沙市12333公共服务平台-基层平台, 第四条（二）, 第五条).
 * What was decided is in force already; a clerk copies the fields over, in that system's order, and says 已录入.
 */
import { promises } from '../rulebook.ts';

/** Spread into a step; `copy` beside it gives the fields, in the order of the office's system. */
export const officeEntry = {
  by: ['clerk'],
  within: promises.officeEntry,
  entry: true,
  on: { approve: { to: 'approved', together: true } },
} as const;
