/** Reads the cells of one person, one function a fact; what is wrong goes to `report`. Pure. */
import type { PlainDate } from '../../dates.ts';
import type { EmployerKind, Place } from '../../../db/schema/registry.ts';
import { normaliseBuilding, normaliseRoom, normaliseUnit, parseAddress } from '../../values/address.ts';
import { compact } from '../../values/characters.ts';
import { birthDateOf, parseIdNumber, sexOf } from '../../values/id-number.ts';
import type { IdNumber, Sex } from '../../values/id-number.ts';
import { normaliseName } from '../../values/person-name.ts';
import { parsePhone } from '../../values/phone.ts';
import type { Phone, PhoneFault } from '../../values/phone.ts';
import { firstOf, monthOf } from '../../values/plain-month.ts';
import { parseRosterDate } from '../../values/roster-date.ts';
import { findPhones, isOwn, relationOf } from './find-phones.ts';
import type { ContactRelation } from './find-phones.ts';
import type { Column } from './headings.ts';
import type { FaultCode, RowFault } from './row-faults.ts';

export interface CellReader {
  /** '' when the cell is empty or the file has no such column. */
  text: (column: Column) => string;
  report: (column: Column, code: FaultCode, params?: RowFault['params']) => void;
}

export interface Contact {
  /** A name, or what the roster calls them (配偶). */
  name: string;
  relation: ContactRelation;
  phone: Phone;
}

const NAME = /^(?:[\p{Script=Han}〇]{1,15}(?:·[\p{Script=Han}]{1,15})*|[A-Za-z][A-Za-z .·-]{1,50})$/u;
const NOTHING = /^(?:无|没有|未知|不详|[-—/、\\]+)$/;
const SEXES: Record<string, Sex> = { 男: 'male', 女: 'female', 男性: 'male', 女性: 'female' };
const EMPLOYER_KINDS: readonly [RegExp, EmployerKind][] = [
  [/灵活|个体|自由职业/, 'self-employed'],
  [/区|县/, 'district'],
  [/中央|央企|部属/, 'central'],
  [/省/, 'provincial'],
  [/市/, 'municipal'],
];
/** Nobody draws this pension younger: special work (特殊工种) retires women at 45, and illness (病退) men at 50. */
const YOUNGEST_RETIREE_YEARS = 40;

export function readName({ text, report }: CellReader): string | null {
  const name = normaliseName(text('name'));
  if (name === '') report('name', 'missing');
  else if (NAME.test(name)) return name;
  else report('name', 'bad-name');
  return null;
}

export function readIdNumber({ text, report }: CellReader): IdNumber | null {
  const written = text('idNumber');
  const parsed = parseIdNumber(written);
  if (parsed.ok) return parsed.value;
  report('idNumber', written === '' ? 'missing' : parsed.code, { length: compact(written).length });
  return null;
}

/** The sex in the number counts; a cell that says something else is a fault, since one of the two is wrong. */
export function readSex({ text, report }: CellReader, idNumber: IdNumber): void {
  const written = compact(text('sex'));
  if (written === '') return;
  const sex = SEXES[written];
  if (!sex) report('sex', 'bad-sex');
  else if (sex !== sexOf(idNumber)) report('sex', 'sex-differs');
}

/** A day or month of birth beside the number must agree with it, to the month. */
export function readBorn({ text, report }: CellReader, idNumber: IdNumber): void {
  if (text('born') === '') return;
  const parsed = parseRosterDate(text('born'));
  if (!parsed.ok) report('born', parsed.code);
  else if (parsed.value.month !== monthOf(birthDateOf(idNumber))) report('born', 'born-differs');
}

/** A past day, or the first of a past month; null when the cell is empty. */
export function readDay(
  cells: CellReader,
  column: 'retiredOn' | 'careSince' | 'certifiedOn',
  today: PlainDate,
  idNumber: IdNumber | null,
): PlainDate | null {
  const written = cells.text(column);
  if (written === '' || NOTHING.test(compact(written))) return null;
  const parsed = parseRosterDate(written);
  if (!parsed.ok) {
    cells.report(column, parsed.code);
    return null;
  }
  const day = parsed.value.kind === 'date' ? parsed.value.date : firstOf(parsed.value.month);
  const age = idNumber ? Number(day.slice(0, 4)) - Number(idNumber.slice(6, 10)) : YOUNGEST_RETIREE_YEARS;
  if (day > today) cells.report(column, 'in-future');
  else if (age < YOUNGEST_RETIREE_YEARS) cells.report(column, 'too-young', { years: YOUNGEST_RETIREE_YEARS });
  return day;
}

/** The retiree's own number: the first in 联系电话, else the one marked 本人 in annex 3's 「本人、第2联系人电话」. */
export function readPhone({ text, report }: CellReader): Phone | null {
  const column: Column = text('phone') === '' ? 'phones' : 'phone';
  const written = text(column);
  if (written === '' || NOTHING.test(compact(written))) return null;
  const found = findPhones(written);
  const own = found.find(({ label }) => isOwn(label));
  if (own?.phone.ok) return own.phone.value;
  if (own && !own.phone.ok) report(column, phoneFault(own.phone.code));
  const whole = parsePhone(written);
  if (found.length === 0 && !whole.ok) report(column, phoneFault(whole.code));
  return null;
}

/** Everybody else whose number the row gives. Numbers that are none are left out: the person can still be reached. */
export function readContacts({ text }: CellReader): Contact[] {
  const labelled = [text('phone'), text('phones')].flatMap(findPhones).filter(({ label }) => !isOwn(label));
  const named = findPhones(text('contactPhone')).map(({ label, phone }) => ({
    phone,
    label: compact(text('contactName')) || label || compact(text('contactRelation')),
  }));
  const all = [...labelled, ...named].flatMap(({ label, phone }) => {
    const relation = relationOf(compact(text('contactRelation')) || label);
    return phone.ok && label !== '' ? [{ name: label, relation, phone: phone.value }] : [];
  });
  return all.filter((one, at) => all.findIndex(({ phone }) => phone === one.phone) === at);
}

export function readEmployerKind({ text, report }: CellReader): EmployerKind | null {
  const written = compact(text('employerKind'));
  if (written === '') return null;
  const kind = EMPLOYER_KINDS.find(([pattern]) => pattern.test(written))?.[1] ?? null;
  if (!kind) report('employerKind', 'bad-employer-kind');
  return kind;
}

/** 住址 taken apart; building, unit and room of columns of their own win. Without 住址, 退休后常住地. */
export function readAddress({ text }: CellReader): Place {
  const place = parseAddress(text('address') || text('livesAt'));
  const own = {
    building: normaliseBuilding(text('building')),
    unit: normaliseUnit(text('unit')),
    room: normaliseRoom(text('room')),
  };
  return { ...place, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)) };
}

function phoneFault(code: PhoneFault): FaultCode {
  if (code === 'wrong-length') return 'phone-wrong-length';
  return code === 'mangled-by-spreadsheet' ? 'phone-mangled' : code;
}
