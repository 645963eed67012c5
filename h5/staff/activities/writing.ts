/** What the form of an activity holds, as inputs have it: days and times in Changsha's time, money in yuan. */
import type { StaffView } from '../../../api/activities/staff-activities.ts';
import { dayFromToday } from '../../base/days.ts';
import { fenOf } from '../care/money.ts';

/** A moment as `<input type="datetime-local">` has it, always in Changsha's time. */
const toLocal = (iso: string): string => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16);
const fromLocal = (local: string): string => `${local}:00+08:00`;

export const momentFields = ['startsAt', 'endsAt', 'opensAt', 'closesAt'] as const;

export type Form = ReturnType<typeof formOf>;

/** The form of what is there, or of a new one: begins in a week at nine, sign-up from now until the evening before. */
export function formOf(known: StaffView | null, unit: { phone: string | null }, name: string) {
  const now = toLocal(new Date().toISOString());
  return {
    audience: known?.audienceIds ?? ([] as string[]),
    kind: known?.kind ?? ('sport' as const),
    title: known?.title ?? '',
    details: known?.details ?? '',
    startsAt: known ? toLocal(known.startsAt) : `${dayFromToday(7)}T09:00`,
    endsAt: known ? toLocal(known.endsAt) : `${dayFromToday(7)}T11:00`,
    opensAt: known ? toLocal(known.opensAt) : now,
    closesAt: known ? toLocal(known.closesAt) : `${dayFromToday(6)}T18:00`,
    place: known?.place ?? '',
    mapUrl: known?.mapUrl ?? '',
    directions: known?.directions ?? '',
    seats: String(known?.seats ?? 30),
    yuan: String((known?.costFen ?? 0) / 100),
    bring: known?.bring ?? '',
    walking: known?.walking ?? ('easy' as const),
    companions: known?.companions ?? false,
    contactName: known?.contactName ?? name,
    contactPhone: known?.contactPhone ?? unit.phone ?? '',
  };
}

export type Wrong = Partial<Record<keyof Form, 'missing' | 'seats' | 'yuan' | 'phone' | 'map'>>;

/** What is missing or cannot be read, by field. The server looks again. */
export function wrongIn(form: Form): Wrong {
  const wrong: Wrong = {};
  for (const field of ['title', 'place', 'contactName', 'contactPhone', ...momentFields] as const)
    if (form[field].trim().length < (field === 'title' || field === 'place' ? 2 : 1)) wrong[field] = 'missing';
  if (!/^[1-9]\d{0,3}$/.test(form.seats.trim()) || Number(form.seats) > 5000) wrong.seats = 'seats';
  const fen = form.yuan.trim() === '' ? 0 : fenOf(form.yuan);
  if (fen === null || fen > 100_000) wrong.yuan = 'yuan';
  if (!wrong.contactPhone && form.contactPhone.replace(/\D/g, '').length < 7) wrong.contactPhone = 'phone';
  if (form.mapUrl.trim() !== '' && !form.mapUrl.trim().startsWith('https://')) wrong.mapUrl = 'map';
  return wrong;
}

/** As it is sent. */
export function sentOf({ audience, yuan, mapUrl, seats, startsAt, endsAt, opensAt, closesAt, ...rest }: Form) {
  return {
    ...rest,
    audience: audience.length > 0 ? audience : null,
    startsAt: fromLocal(startsAt),
    endsAt: fromLocal(endsAt),
    opensAt: fromLocal(opensAt),
    closesAt: fromLocal(closesAt),
    seats: Number(seats),
    costFen: yuan.trim() === '' ? 0 : (fenOf(yuan) ?? 0),
    mapUrl: mapUrl.trim() || null,
  };
}
