/** When an invented person retired: the ages of 国发〔1978〕104号 and, from 2025, the gradual delay. Pure. */
import { addMonths } from '../../../api/values/plain-month.ts';
import type { PlainMonth } from '../../../api/values/plain-month.ts';

/** Statutory age before the delay: men, women in management posts, women in other posts. */
export type RetirementAge = 60 | 55 | 50;

const DELAY_BEGINS = '2025-01';

/**
 * The month of retirement. Whoever reaches the age from January 2025 on retires later: by a month for every four months
 * (60 and 55), or for every two (50) — 全国人大常委会关于实施渐进式延迟法定退休年龄的决定, 2024-09-13.
 */
export function retirementMonth(born: PlainMonth, age: RetirementAge): PlainMonth {
  const reached = addMonths(born, age * 12);
  const late = count(reached) - count(DELAY_BEGINS);
  if (late < 0) return reached;
  const step = age === 50 ? 2 : 4;
  return addMonths(reached, Math.min(Math.floor(late / step) + 1, age === 50 ? 60 : 36));
}

function count(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
}
