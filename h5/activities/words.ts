/** How an activity and a sign-up are said on the people's pages. */
import type { ActivityLine, OwnSignUp } from '../../api/activities/view.ts';
import { yuan } from '../benefits/money.ts';
import { t } from '../base/texts.ts';

/** Free seats, or why one cannot sign up. */
export function seatWords({ door, left, opens }: ActivityLine): string {
  if (door === 'open') return left > 0 ? t('activities:seats.left', { left }) : t('activities:seats.full');
  return t(`activities:seats.${door}`, { opens });
}

export const costWords = (fen: number): string =>
  fen === 0 ? t('activities:free') : t('activities:cost', { yuan: yuan(fen) });

/** How somebody stands: has a seat, is asked about one, waits as which one. */
export function standing({ state, line, until }: OwnSignUp): string {
  if (state === 'waiting') return t('activities:states.waiting', { line: line ?? 1 });
  if (state === 'offered') return t('activities:states.offered', { until: until ?? '' });
  return t(`activities:states.${state}`);
}
