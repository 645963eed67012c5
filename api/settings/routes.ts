/** HTTP of what units set for themselves. */
import { z } from 'zod';
import { reasonVerbs, settingKinds } from '../../db/schema/settings.ts';
import { about, reply, router, valid } from '../http.ts';
import { changeReasons } from './change-reasons.ts';
import { changeUnit } from './change-unit.ts';
import { settingChange, settingHistory } from './history.ts';
import { helpPreview, previewUnit, readUnitSettings, unitSettings } from './read-unit.ts';
import { readReasons, reasonLists } from './read-reasons.ts';
import { openingHours } from './unit-settings.ts';

const unit = z.string().max(20);
const kind = z.string().max(60);
/** A button of the chat shows no more. */
const LONGEST_REASON = 40;
const MOST_REASONS = 10;
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
    '/staff/settings/history',
    about('Who changed the settings of a unit, the newest first', z.array(settingChange)),
    valid('query', z.object({ unit, what: z.enum(settingKinds), before: z.uuid().optional() })),
    async (c) => reply(c, await settingHistory(c.get('ctx'), c.req.valid('query'))),
  );
