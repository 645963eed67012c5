/** A unit's phone and opening hours: what 找人 says, and what every page and text of the unit names. */
import { z } from 'zod';
import type { Hours, OpeningHours } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';
import { parsePhone } from '../values/phone.ts';
import { dayTwice, hoursBackwards, notAnOfficePhone } from './errors.ts';

const minute = z
  .int()
  .min(0)
  .max(24 * 60);
const hours = z.object({ from: minute, to: minute });
/** More days than a year has that anybody knows beforehand. */
const MOST_EXCEPTIONS = 40;

export const openingHours = z.object({
  week: z.array(hours.nullable()).length(7),
  pause: hours.nullable(),
  exceptions: z.array(z.object({ day: z.iso.date(), hours: hours.nullable() })).max(MOST_EXCEPTIONS),
});

export interface UnitSettings {
  phone: string | null;
  hours: OpeningHours | null;
}

/** The unit that a request names. @throws not-found */
export function unitOf({ city }: Ctx, id: string): Unit {
  const unit = city.units.get(id);
  if (!unit) throw notFound();
  return unit;
}

/** As they are kept: the phone in one form, days that are over left out. @throws not-an-office-phone, hours-backwards, hours-day-twice */
export function fitSettings({ clock }: Ctx, { phone, hours: wanted }: UnitSettings): UnitSettings {
  return { phone: phone?.trim() ? officePhone(phone) : null, hours: wanted && fitHours(wanted, dayOf(clock())) };
}

/** Short numbers of a hotline (12333, 12345): no phone of a person looks like that. */
const HOTLINE = /^1[12]\d{3,4}$/;

function officePhone(raw: string): string {
  const short = raw.replace(/\s/g, '');
  if (HOTLINE.test(short)) return short;
  const parsed = parsePhone(raw);
  if (!parsed.ok) throw notAnOfficePhone();
  return parsed.value;
}

function fitHours({ week, pause, exceptions }: OpeningHours, today: string): OpeningHours {
  const ahead = exceptions.filter(({ day }) => day >= today).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const all = [...week, pause, ...ahead.map((one) => one.hours)];
  if (all.some((one) => one !== null && isBackwards(one))) throw hoursBackwards();
  if (new Set(ahead.map(({ day }) => day)).size < ahead.length) throw dayTwice();
  return { week, pause, exceptions: ahead };
}

const isBackwards = ({ from, to }: Hours): boolean => from >= to;
