/** The words of what units set for themselves. */
import settings from '../../../locales/zh-CN/settings.json' with { type: 'json' };
import type { TextSource } from '../../base/texts.ts';

export const settingTexts: TextSource = {
  namespace: 'settings',
  source: settings,
  others: {
    'zh-Hant': () => import('../../../locales/zh-Hant/settings.json'),
    en: () => import('../../../locales/en/settings.json'),
  },
};
