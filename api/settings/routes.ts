/** HTTP of what units set for themselves. */
import { z } from 'zod';
import { reasonVerbs, settingKinds } from '../../db/schema/settings.ts';
import { locales, sourceLocale } from '../../locales/index.ts';
import { about, reply, router, valid } from '../http.ts';
import { changeReasons } from './change-reasons.ts';
import { changeWords } from './change-words.ts';
import { changeUnit } from './change-unit.ts';
import { settingChange, settingHistory } from './history.ts';
import { helpPreview, previewUnit, readUnitSettings, unitSettings } from './read-unit.ts';
import { previewWords, readWords, serviceWords, wordsSample } from './read-words.ts';
import { readReasons, reasonLists } from './read-reasons.ts';
import { openingHours } from './unit-settings.ts';

const unit = z.string().max(20);
const kind = z.string().max(60);
/** A button of the chat shows no more. */
const LONGEST_REASON = 40;
const MOST_REASONS = 10;
/** As the table holds it: with a long name five text messages at most. */
const LONGEST_MESSAGE = 300;
const wordsOf = z.object({ kind, template: z.string().max(60), locale: z.enum(locales) });
const wanted = z.object({ unit, phone: z.string().max(30).nullable(), hours: openingHours.nullable() });

export const settingRoutes = router()
  .get(
    '/staff/settings/unit',
    about('A unit’s phone and opening hours (staff of the unit and above)', unitSettings),
    valid('query', z.object({ unit })),
    async (c) => reply(c, await readUnitSettings(c.get('ctx'), c.req.valid('query').unit)),
  )
  .put(
    '/staff/settings/unit',
    about('Change a unit’s phone and opening hours (leads of the unit and above)', z.object({ version: z.int() })),
    valid('json', wanted.extend({ version: z.int() })),
    async (c) => {
      const { unit: unitId, version, ...settings } = c.req.valid('json');
      return reply(c, await changeUnit(c.get('ctx'), unitId, version, settings));
    },
  )
  .post(
    '/staff/settings/unit/preview',
    about('What 找人 would say by this phone and these hours; nothing is kept', helpPreview),
    valid('json', wanted),
    async (c) => {
      const { unit: unitId, ...settings } = c.req.valid('json');
      return reply(c, await previewUnit(c.get('ctx'), unitId, settings));
    },
  )
  .get(
    '/staff/settings/reasons',
    about('The usual reasons of a service, and those that a unit added (staff of the unit and above)', reasonLists),
    valid('query', z.object({ unit, kind: kind.optional() })),
    async (c) => {
      const { unit: unitId, kind: wantedKind } = c.req.valid('query');
      return reply(c, await readReasons(c.get('ctx'), unitId, wantedKind));
    },
  )
  .put(
    '/staff/settings/reasons',
    about('Change the usual reasons that a unit adds (leads of the unit and above)', z.object({ version: z.int() })),
    valid(
      'json',
      z.object({
        unit,
        kind,
        verb: z.enum(reasonVerbs),
        version: z.int(),
        own: z.array(z.string().max(LONGEST_REASON)).max(MOST_REASONS),
      }),
    ),
    async (c) => {
      const { version, own, ...list } = c.req.valid('json');
      return reply(c, await changeReasons(c.get('ctx'), list, version, own));
    },
  )
  .get(
    '/staff/settings/words',
    about('How messages of a service are worded, with sample values (staff of the city)', serviceWords),
    valid('query', z.object({ kind: kind.optional(), locale: z.enum(locales).default(sourceLocale) })),
    async (c) => {
      const { kind: wantedKind, locale } = c.req.valid('query');
      return reply(c, await readWords(c.get('ctx'), wantedKind, locale));
    },
  )
  .post(
    '/staff/settings/words/preview',
    about('How words would read; nothing is kept (staff of the city)', wordsSample),
    valid('json', wordsOf.extend({ words: z.string().max(LONGEST_MESSAGE) })),
    (c) => {
      const { words, ...of } = c.req.valid('json');
      return reply(c, previewWords(c.get('ctx'), of, words));
    },
  )
  .put(
    '/staff/settings/words',
    about('Word a message anew, or as the house words it (staff of the city)', z.object({ version: z.int() })),
    valid('json', wordsOf.extend({ version: z.int(), words: z.string().max(LONGEST_MESSAGE).nullable() })),
    async (c) => {
      const { words, version, ...of } = c.req.valid('json');
      return reply(c, await changeWords(c.get('ctx'), of, version, words));
    },
  )
  .get(
    '/staff/settings/history',
    about('Who changed the settings of a unit, the newest first', z.array(settingChange)),
    valid('query', z.object({ unit, what: z.enum(settingKinds), before: z.uuid().optional() })),
    async (c) => reply(c, await settingHistory(c.get('ctx'), c.req.valid('query'))),
  );
