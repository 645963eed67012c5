/** Who is in the chat: greeting, proving a phone number, language, signing in on a page, whom to call. */
import type { Me } from '../../../api/access/me.ts';
import { locales, say, type Locale } from '../../../locales/index.ts';
import * as menus from '../menus.ts';
import { message, type Message, type Turn } from '../message.ts';
import type { TapOf } from '../taps.ts';
import { take, type Talk } from './talk.ts';

export const readMe = async (talk: Talk): Promise<Me> => take(talk.api.api.me.$get());

export const greet = async (talk: Talk): Promise<Message[]> => menus.greeting(talk.locale, await readMe(talk));

/** A shared contact. It proves a number only when it is the sender's own (h5-standard, Chat row 6); the API says no to others. */
export async function shareContact(talk: Talk, phone: string, own: boolean): Promise<Turn> {
  const { locale } = talk;
  await take(talk.api.api.chat.contact.$post({ json: { phone, own } }));
  const me = await readMe(talk);
  const thanks: Message = { ...message(say(locale, 'chat:contact.thanks')), sharePhone: null };
  if (menus.isStranger(me)) return { say: [thanks, menus.notBound(locale, me, await signInLink(talk, '/bind'))] };
  return { say: [thanks, menus.menu(locale, me, say(locale, 'chat:contact.welcome', { name: me.name ?? '' }))] };
}

/** A link that signs a browser in once the chat confirms it, and leads to a page of ours. */
export async function signInLink(talk: Talk, to = ''): Promise<string> {
  const { token } = await take(talk.api.api['sign-in'].link.$post());
  return `${talk.baseUrl}/in${leading(to)}#${token}`;
}

const leading = (to: string) => (to ? `?to=${to}` : '');

/** The ways to a page from this chat. */
export async function pageAddress(talk: Talk, to = ''): Promise<menus.PageAddress> {
  return { link: await signInLink(talk, to), app: talk.appUrl && `${talk.appUrl}/tg${leading(to)}` };
}

/** 绑定, 纸条: how it is done, and a link to the page for it. Nothing of it is typed in the chat. */
export const offerBinding = async (talk: Talk, before?: string): Promise<Message> =>
  menus.notBound(talk.locale, await readMe(talk), await signInLink(talk, '/bind'), before);

export const offerPage = async (talk: Talk): Promise<Message> => menus.pageLink(talk.locale, await pageAddress(talk));

export const offerMine = async (talk: Talk): Promise<Message> =>
  menus.mine(talk.locale, await pageAddress(talk, '/me'));

/** 是我 or 不是我, after a browser used a sign-in link up. */
export async function confirmSignIn(talk: Talk, { ticket, yes }: TapOf<'signIn'>): Promise<Turn> {
  await take(talk.api.api.chat['confirm-sign-in'].$post({ json: { ticket, yes } }));
  return { mark: say(talk.locale, yes ? 'chat:signIn.confirmed' : 'chat:signIn.refused') };
}

/** Another language from now on, here and in everything that is sent. */
export async function chooseLanguage(talk: Talk, wanted: string): Promise<Turn> {
  const locale = locales.find((one) => one === wanted);
  if (!locale) return { say: [menus.languages(talk.locale)] };
  await take(talk.api.api.me.locale.$put({ json: { locale } }));
  talk.memory.locale = locale;
  return { say: [menus.menu(locale, await readMe(talk), say(locale, 'chat:language.chosen'))] };
}

const CALL_BACK = 'call-back';

/** 找人: the community's phone, whether somebody is there, and 请社区回电. */
export async function offerHuman(talk: Talk): Promise<Message> {
  const [me, services] = await Promise.all([readMe(talk), take(talk.api.api.services.$get())]);
  return menus.human(talk.locale, me, services.find(({ kind }) => kind === CALL_BACK) ?? null);
}

/** The language of a chat: as chosen in this process, as the account has it, else as the app is set. */
export async function localeOf(talk: Talk): Promise<Locale> {
  const me: Me & { locale?: string } = await readMe(talk);
  return locales.find((one) => one === me.locale) ?? talk.locale;
}
