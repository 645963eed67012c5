/** The special-care flags, in the order of the rules; one that is missing here does not compile. */
import type { Flags } from '../../../api/care/flags.ts';

type Flag = Flags['flags'][number];

const all = {
  noFamily: true,
  widowed: true,
  childlessCouple: true,
  livingAlone: true,
  gravelyIll: true,
  destitute: true,
  incapacitated: true,
  dementia: true,
  housebound: true,
  disabled: true,
  modelWorker: true,
} satisfies Record<Flag, true>;

export const flags = Object.keys(all) as Flag[];
