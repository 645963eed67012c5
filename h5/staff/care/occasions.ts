/** What lists are for, in words. */
import { t } from '../../base/texts.ts';

export const festivals = ['spring', 'dragonBoat', 'midAutumn', 'doubleNinth'] as const;
export const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));

/** 重阳节 2026, or 2026年11月整岁生日. */
export function occasionName({ kind, occasion, year }: { kind: string; occasion: string; year: number }): string {
  return kind === 'festival'
    ? t('care:list.festivalOf', { festival: t(`care:festivals.${occasion}`), year })
    : t('care:list.birthdaysOf', { month: Number(occasion), year });
}
