/** The words of the pages about activities, fetched with them. */
import activities from '../../locales/zh-CN/activities.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const activityTexts: TextSource = {
  namespace: 'activities',
  source: activities,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/activities.json'),
    en: () => import('../../locales/en/activities.json'),
  },
};
