/** 问一问 in chat: the best answers with the sentence that says it, what can be begun by them, and the community when none does. */
import type { Asking } from '../../api/policy/ask.ts';
import { say, type Locale } from '../../locales/index.ts';
import { mark } from './mark.ts';
import { lines, message, paragraphs, stacked, type Button, type Message } from './message.ts';
import { aside } from './navigation.ts';
import { tap } from './taps.ts';

type Hit = Asking['hits'][number];

/** More than this no phone shows at once. */
const MOST = 3;
/** What a button's words may be, so that they are read on a narrow phone. */
const LONGEST_BUTTON = 20;
const CONSULTATION = 'consultation';

/** Whether something is asked, rather than wanted: 「搬家」 opens the service, 「搬家怎么办」 is answered. */
export const isQuestion = (typed: string): boolean =>
  /[?？]|怎么|怎样|怎麼|怎樣|如何|什么|什麼|多少|哪[里裡个些儿]|吗|嗎|呢|几[个次时岁块]|多久|能不能|有没有|有沒有|是不是|要不要|可不可以|为什么|為什麼|谁|誰|\b(how|what|where|when|who|why|can|which)\b/i.test(
    typed,
  );

/** `base` is where the pages are. */
export function answers(locale: Locale, { hits }: Asking, base: string): Message {
  const shown = hits.slice(0, MOST);
  const community = { text: say(locale, 'policy:chat.community'), data: tap('begin', begun(CONSULTATION)) };
  if (shown.length === 0) return message(say(locale, 'policy:chat.none'), [community], aside(locale));
  const services = new Map(shown.flatMap((hit) => hit.services.map(({ kind, title }) => [kind, title] as const)));
  const money = shown.some(({ sentence }) => /元|yuan/.test(sentence));
  return message(
    paragraphs(...shown.map((hit, at) => answer(locale, hit, at === 0)), money && say(locale, 'policy:chat.promise')),
    ...stacked([
      ...[...services].slice(0, MOST).map(([kind, title]) => ({
        text: cut(say(locale, 'policy:chat.begin', { title })),
        data: tap('begin', begun(kind)),
      })),
      ...shown.flatMap((hit) => reading(locale, hit, base)),
      community,
    ]),
    aside(locale),
  );
}

const begun = (kind: string) => ({ service: mark(kind), person: null });

/** The best one whole; of the others the sentence that answers. */
const answer = (locale: Locale, { title, sentence, passage, source, over }: Hit, whole: boolean): string =>
  lines(
    say(locale, 'policy:chat.line', { title, sentence: whole ? passage : sentence || passage }),
    source && say(locale, 'policy:chat.from', { source }),
    over && say(locale, 'policy:ask.over'),
  );

function reading(locale: Locale, { kind, ref, title, document }: Hit, base: string): Button[] {
  if (kind === 'notice') return [{ text: cut(title), data: tap('notice', { notice: ref }) }];
  if (kind !== 'article' || document === null) return [];
  const url = `${base}/policy/${document}/${encodeURIComponent(ref)}`;
  return [{ text: cut(say(locale, 'policy:chat.article', { title })), url }];
}

const cut = (text: string): string =>
  [...text].length > LONGEST_BUTTON ? `${[...text].slice(0, LONGEST_BUTTON - 1).join('')}…` : text;
