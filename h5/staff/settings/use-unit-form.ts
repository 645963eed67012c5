/** What is typed into the form of a unit's phone and hours, and what of it is sent. */
import { reactive } from 'vue';
import type { UnitSettingsView } from '../../../api/settings/read-unit.ts';
import { t } from '../../base/texts.ts';
import { isComplete, NINE_TO_FIVE, NOON, sentHours, typedHours, type TypedHours } from './clock.ts';

type Sent = Pick<UnitSettingsView, 'phone' | 'hours'>;
/** Monday first; Saturday and Sunday are mostly closed. */
const WORKDAYS = 5;

interface TypedDay {
  open: boolean;
  times: TypedHours;
}

export interface UnitForm {
  phone: string;
  /** Whether hours are told at all. */
  known: boolean;
  week: TypedDay[];
  pause: TypedDay;
  exceptions: (TypedDay & { day: string })[];
}

export function useUnitForm({ phone, hours }: UnitSettingsView): UnitForm {
  const dayOf = (own: { from: number; to: number } | null | undefined, usual = NINE_TO_FIVE): TypedDay => ({
    open: Boolean(own),
    times: own ? typedHours(own) : { ...usual },
  });
  const week = hours?.week ?? Array.from({ length: 7 }, (_, at) => (at < WORKDAYS ? { from: 540, to: 1020 } : null));
  return reactive({
    phone: phone ?? '',
    known: hours !== null,
    week: week.map((own) => dayOf(own)),
    pause: dayOf(hours?.pause, NOON),
    exceptions: (hours?.exceptions ?? []).map((one) => ({ day: one.day, ...dayOf(one.hours) })),
  });
}

export const newException = (): UnitForm['exceptions'][number] => ({
  day: '',
  open: false,
  times: { ...NINE_TO_FIVE },
});

/** The first thing that is missing, with the field to mend it in; null when all is there. */
export function missingIn(form: UnitForm): { message: string; target: string } | null {
  if (!form.known) return null;
  const gap = ({ open, times }: TypedDay) => open && !isComplete(times);
  const day = form.week.findIndex(gap);
  if (day !== -1) return { message: t('settings:unit.needTimes'), target: `week-${day}-from` };
  if (gap(form.pause)) return { message: t('settings:unit.needTimes'), target: 'pause-from' };
  const undated = form.exceptions.findIndex((one) => one.day === '');
  if (undated !== -1) return { message: t('settings:unit.needDay'), target: `exception-${undated}-day` };
  const untimed = form.exceptions.findIndex(gap);
  return untimed === -1 ? null : { message: t('settings:unit.needTimes'), target: `exception-${untimed}-from` };
}

export function sentOf({ phone, known, week, pause, exceptions }: UnitForm): Sent {
  const hoursOf = ({ open, times }: TypedDay) => (open ? sentHours(times) : null);
  const hours = {
    week: week.map(hoursOf),
    pause: hoursOf(pause),
    exceptions: exceptions.map((one) => ({ day: one.day, hours: hoursOf(one) })),
  };
  return { phone: phone.trim() || null, hours: known ? hours : null };
}
