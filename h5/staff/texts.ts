/** The words of the staff pages, beside those of the shared widgets. */
import activities from '../../locales/zh-CN/staff-activities.json' with { type: 'json' };
import care from '../../locales/zh-CN/care.json' with { type: 'json' };
import figures from '../../locales/zh-CN/figures.json' with { type: 'json' };
import posts from '../../locales/zh-CN/staff-posts.json' with { type: 'json' };
import staff from '../../locales/zh-CN/staff.json' with { type: 'json' };
import type { TextSource } from '../base/texts.ts';

export const staffTexts: TextSource = {
  namespace: 'staff',
  source: staff,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/staff.json'),
    en: () => import('../../locales/en/staff.json'),
  },
};

/** Those of the posts themselves: the second factor, who works where, invitations, and looking at what is masked. */
export const postsTexts: TextSource = {
  namespace: 'staff-posts',
  source: posts,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/staff-posts.json'),
    en: () => import('../../locales/en/staff-posts.json'),
  },
};

/** Those of care payments. */
export const careTexts: TextSource = {
  namespace: 'care',
  source: care,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/care.json'),
    en: () => import('../../locales/en/care.json'),
  },
};

/** Those of holding activities. */
export const staffActivityTexts: TextSource = {
  namespace: 'staff-activities',
  source: activities,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/staff-activities.json'),
    en: () => import('../../locales/en/staff-activities.json'),
  },
};

/** Those of a unit's figures. */
export const figuresTexts: TextSource = {
  namespace: 'figures',
  source: figures,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/figures.json'),
    en: () => import('../../locales/en/figures.json'),
  },
};
