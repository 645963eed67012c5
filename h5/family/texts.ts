/** The words of the pages about families, fetched with them. */
import family from '../../locales/zh-CN/family.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const familyTexts: TextSource = {
  namespace: 'family',
  source: family,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/family.json'),
    en: () => import('../../locales/en/family.json'),
  },
};
