/**
 * The words of the pages. Chinese comes with the first load; another language is fetched when it is chosen. `t` is
 * reactive: what was rendered with it is rendered again when the language changes.
 */
import i18next from 'i18next';
import { shallowRef } from 'vue';
import h5 from '../../locales/zh-CN/h5.json' with { type: 'json' };
import { readCookie, writeCookie } from './cookie.ts';

export const languages = ['zh-CN', 'zh-Hant', 'en'] as const;
export type Language = (typeof languages)[number];

/** Loads the words of a namespace in a language other than the source. */
type Loader = () => Promise<{ default: object }>;
export interface TextSource {
  namespace: string;
  source: object;
  others: Record<Exclude<Language, 'zh-CN'>, Loader>;
}

const pages: TextSource = {
  namespace: 'h5',
  source: h5,
  others: {
    'zh-Hant': () => import('../../locales/zh-Hant/h5.json'),
    en: () => import('../../locales/en/h5.json'),
  },
};

const texts = i18next.createInstance();
const sources: TextSource[] = [];
const current = shallowRef<Language>('zh-CN');

/** The language that is shown. */
export const language = (): Language => current.value;

/** Makes the words ready, in the language chosen before or that of the phone. `more` are namespaces of other pages. */
export async function startTexts(...more: TextSource[]): Promise<void> {
  const chosen = wanted();
  // Told to the server as well, or it would speak the language that the person chose on another phone.
  writeCookie('locale', chosen);
  sources.push(pages, ...more);
  await texts.init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'h5',
    resources: { 'zh-CN': Object.fromEntries(sources.map(({ namespace, source }) => [namespace, source])) },
    // Vue escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  await show(chosen);
}

/** Adds the words of pages that are not part of the first load, in the language that is shown. */
export async function addTexts(source: TextSource): Promise<void> {
  if (sources.some(({ namespace }) => namespace === source.namespace)) return;
  sources.push(source);
  texts.addResourceBundle('zh-CN', source.namespace, source.source);
  if (current.value !== 'zh-CN') await loadOne(source, current.value).catch(() => undefined);
}

/** Changes the language here, and for everything that the server says from now on. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  writeCookie('locale', chosen);
  await show(chosen);
}

/** The words for a key: `home.title`, or `namespace:key` outside `h5`. */
export function t(key: string, params: Record<string, string | number> = {}): string {
  return texts.t(key, { ...params, lng: current.value });
}

/** Whether the source language has the words. */
export const hasText = (key: string): boolean => texts.exists(key, { lng: 'zh-CN' });

async function show(chosen: Language): Promise<void> {
  if (chosen !== 'zh-CN') await load(chosen).catch(() => undefined);
  current.value = chosen;
  document.documentElement.lang = chosen;
}

async function load(chosen: Exclude<Language, 'zh-CN'>): Promise<void> {
  for (const source of sources) await loadOne(source, chosen);
}

async function loadOne({ namespace, others }: TextSource, chosen: Exclude<Language, 'zh-CN'>): Promise<void> {
  texts.addResourceBundle(chosen, namespace, (await others[chosen]()).default);
}

function wanted(): Language {
  const cookie = readCookie('locale');
  const chosen = languages.find((one) => one === cookie);
  if (chosen) return chosen;
  const tag = navigator.language.toLowerCase();
  if (/^zh.*(hant|tw|hk|mo)/.test(tag)) return 'zh-Hant';
  return tag.startsWith('en') ? 'en' : 'zh-CN';
}
