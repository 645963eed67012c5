/** The words of the pages about oneself: they come with the first of these pages, not with the first load. */
import me from '../../locales/zh-CN/me.json' with { type: 'json' };
import { addTexts } from '../base/texts.ts';

await addTexts({
  namespace: 'me',
  source: me,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/me.json'),
    en: () => import('../../locales/en/me.json'),
  },
});
