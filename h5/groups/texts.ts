/** The words of the pages about self-help groups, fetched with them. */
import groups from '../../locales/zh-CN/groups.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const groupTexts: TextSource = {
  namespace: 'groups',
  source: groups,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/groups.json'),
    en: () => import('../../locales/en/groups.json'),
  },
};
