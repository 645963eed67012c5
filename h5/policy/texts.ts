/** The words of the pages about policy, fetched with them. */
import policy from '../../locales/zh-CN/policy.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const policyTexts: TextSource = {
  namespace: 'policy',
  source: policy,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/policy.json'),
    en: () => import('../../locales/en/policy.json'),
  },
};
