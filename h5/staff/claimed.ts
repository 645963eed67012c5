/** Who has a case in hand, and who stands in while they are on leave. */
import type { ListedCase } from '../../api/engine/cases/list.ts';
import { t } from '../base/texts.ts';

export function claimedWords(claimedBy: ListedCase['claimedBy']): string {
  if (!claimedBy) return t('staff:pending.nobody');
  const name = claimedBy.me ? t('staff:pending.me') : (claimedBy.name ?? t('staff:pending.someone'));
  return claimedBy.deputy ? t('staff:pending.away', { name, deputy: claimedBy.deputy }) : name;
}
