/** What staff are told when they signed somebody up: a seat, or which place in the line. */
import type { SignedUp } from '../../../api/activities/sign-up.ts';
import { t } from '../../base/texts.ts';

export const signedUpWords = ({ state, line }: SignedUp, name: string): string =>
  state === 'in' ? t('staff-activities:for.in', { name }) : t('staff-activities:for.waits', { name, line: line ?? 1 });
