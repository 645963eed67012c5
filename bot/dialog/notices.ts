/** Notices in chat: the newest for the person, each with a button, and one of them with the way to its page. */
import type { NoticeList } from '../../api/notices/read-notices.ts';
import type { NoticeView } from '../../api/notices/read-notice.ts';
import { say, type Locale } from '../../locales/index.ts';
import { lines, message, stacked, type Button, type Message } from './message.ts';
import { aside, navigation } from './navigation.ts';
import { tap } from './taps.ts';

/** More than this no phone shows at once. */
const MOST = 8;

export function noticeList(locale: Locale, { notices }: NoticeList, bound: boolean, shown: number): Message {
  const page = notices.slice(shown, shown + MOST);
  if (page.length === 0) return message(say(locale, 'published:chat.none'), aside(locale));
  const text = lines(
    say(locale, 'published:chat.title'),
    ...page.map(({ title, unit, read }) =>
      say(locale, bound && !read ? 'published:chat.unread' : 'published:chat.line', { title, unit: unit.name }),
    ),
  );
  const more = { text: say(locale, 'published:chat.more'), data: tap('notices', { from: shown + MOST }) };
  return message(
    text,
    ...stacked(page.map(({ id, title }) => ({ text: title, data: tap('notice', { notice: id }) }))),
    [notices.length > shown + MOST && more],
    navigation(locale, tap('go', { to: 'menu' })),
  );
}

/** Reads a notice, below the news of it. */
export const noticeButton = (locale: Locale, notice: string): Button => ({
  text: say(locale, 'published:chat.read'),
  data: tap('notice', { notice }),
});

/** `page` is its address in a browser. */
export const oneNotice = (locale: Locale, { chat }: NoticeView, page: string): Message =>
  message(
    chat,
    [{ text: say(locale, 'published:chat.open'), url: page }],
    [{ text: say(locale, 'published:chat.back'), data: tap('go', { to: 'notices' }) }],
    aside(locale),
  );
