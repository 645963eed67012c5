/** The special-care flags, in the order of the rules. */
import type { Flags } from '../../../api/care/flags.ts';

export const flags: readonly Flags['flags'][number][] = [
  'noFamily',
  'widowed',
  'childlessCouple',
  'livingAlone',
  'gravelyIll',
  'destitute',
  'incapacitated',
  'dementia',
  'housebound',
  'disabled',
  'modelWorker',
];
