/** The messages of a service in a language: the words of the house, those of the city, and how they read with sample values. */
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { messageWords } from '../../db/schema/settings.ts';
import { locales, say, type Locale } from '../../locales/index.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf } from '../dates.ts';
import { dayWords, fillWords, plain, unitName, words as key, withLandline, type Part } from '../delivery/message.ts';
import { allServices, serviceOf } from '../engine/catalogue.ts';
import { serviceKey } from '../engine/texts.ts';
import { notFound } from '../errors.ts';
import { wordsUnfit } from './errors.ts';
import { faultOf, placeholderName, placeholdersOf, smsParts, standardWords, templatesOf } from './templates.ts';

const sample = z.object({
  /** As somebody would read it. */
  text: z.string(),
  /** Characters, and how many text messages they are. */
  length: z.int(),
  parts: z.int(),
});
export type Sample = z.infer<typeof sample>;
export const wordsSample = sample;

export const serviceWords = z.object({
  kind: z.string(),
  locale: z.enum(locales),
  services: z.array(z.object({ kind: z.string(), title: z.string() })),
  messages: z.array(
    z.object({
      template: z.string(),
      /** When it is said. */
      title: z.string(),
      standard: z.string(),
      /** The city's own; null where the house's are said. */
      own: z.string().nullable(),
      version: z.int(),
      placeholders: z.array(z.object({ name: z.string(), means: z.string() })),
      sample,
    }),
  ),
});
export type ServiceWords = z.infer<typeof serviceWords>;

/** @throws not-signed-in, not-allowed, no-such-service */
export async function readWords(ctx: Ctx, wanted: string | undefined, locale: Locale): Promise<ServiceWords> {
  ensureCan(ctx.actor, 'words.write', null);
  const services = allServices().filter((service) => templatesOf(service).length > 0);
  const service = wanted ? serviceOf(wanted) : services[0];
  if (!service) throw notFound();
  const { kind } = service;
  const rows = await ctx.db
    .select()
    .from(messageWords)
    .where(and(eq(messageWords.kind, kind), eq(messageWords.locale, locale)));
  return {
    kind,
    locale,
    services: services.map((one) => ({ kind: one.kind, title: say(ctx.locale, serviceKey(one.kind, 'title')) })),
    messages: templatesOf(service).map((template) => {
      const row = rows.find((one) => one.template === template);
      const standard = standardWords(template, locale);
      const own = row?.words || null;
      return {
        template,
        title: titleOf(ctx, template),
        standard,
        own,
        version: row?.version ?? 0,
        placeholders: placeholdersOf(standard).map((name) => ({ name, means: placeholderName(ctx.locale, name) })),
        sample: sampleOf(ctx, kind, own ?? standard, locale),
      };
    }),
  };
}

/** When a message is said; the gentle one is called like the other. */
const titleOf = ({ locale }: Ctx, template: string): string =>
  say(locale, `settings:words.when.${template.replace('gentle.', '')}`);

export interface WordsOf {
  kind: string;
  template: string;
  locale: Locale;
}

/** @throws not-found when the city words no such message, and what is wrong with the words */
export function ensureFit({ kind, template }: WordsOf, text: string): void {
  if (!templatesOf(serviceOf(kind)).includes(template)) throw notFound();
  const fault = faultOf(text, template);
  if (fault) throw wordsUnfit(fault);
}

/** Nothing is kept. @throws not-signed-in, not-allowed, no-such-service, not-found, words-missing and its kind */
export function previewWords(ctx: Ctx, of: WordsOf, text: string): Sample {
  ensureCan(ctx.actor, 'words.write', null);
  ensureFit(of, text);
  return sampleOf(ctx, of.kind, text, of.locale);
}

const SAMPLE_DAYS = 5;

/** With a name, a number and a day that nobody has, and the first community that there is. */
function sampleOf({ city, clock }: Ctx, kind: string, text: string, locale: Locale): Sample {
  const [first] = city.units.search('社区', 'community', 1);
  const reason = serviceOf(kind).reasons?.return[0];
  const params: Record<string, Part> = {
    name: plain(say(locale, 'settings:words.sampleName')),
    number: '123 456 789',
    service: key(serviceKey(kind, 'title')),
    unit: unitName(first?.id ?? ''),
    due: dayWords(addDays(dayOf(clock()), SAMPLE_DAYS)),
    missing: reason ? `@@${serviceKey(kind, `return.${reason}`)}` : '',
    words: '',
  };
  const said = fillWords(text, params, locale, city.units);
  return { text: said, length: said.length, parts: smsParts(withLandline(said, params, locale, city.units)) };
}
