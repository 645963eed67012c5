/** The words of the working calendar. */
import calendar from '../../../locales/zh-CN/calendar.json' with { type: 'json' };
import type { TextSource } from '../../base/texts.ts';

export const calendarTexts: TextSource = {
  namespace: 'calendar',
  source: calendar,
  others: {
    'zh-Hant': () => import('../../../locales/zh-Hant/calendar.json'),
    en: () => import('../../../locales/en/calendar.json'),
  },
};
