/** The words of the pages about notices, fetched with them. */
import published from '../../locales/zh-CN/published.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const noticeTexts: TextSource = {
  namespace: 'published',
  source: published,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/published.json'),
    en: () => import('../../locales/en/published.json'),
  },
};
