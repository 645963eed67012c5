/** The slip just made, to be printed. Its digits are kept in memory only: a reload loses them, and another slip is made. */
import { shallowRef } from 'vue';
import type { MadeSlip } from '../../../api/binding/make-slip.ts';

export const madeSlip = shallowRef<MadeSlip | null>(null);
