/** The rules of access as a table: who may do what with whose, by level, unit and role. Pure. */
import { describe, expect, test } from 'vitest';
import type { ActorPost, Person } from '../../../api/access/actor.ts';
import { can } from '../../../api/access/can.ts';
import type { CaseFacts, RetireeFacts, UnmaskFacts } from '../../../api/access/facts.ts';
import { isWithin, needsSecondFactor, secondFactorOf } from '../../../api/access/posts.ts';
import type { Role } from '../../../db/schema/access.ts';
import type { UnitLevel } from '../../../db/schema/registry.ts';

const paths = {
  city: '4301',
  district: '4301.430111',
  street: '4301.430111.430111001',
  community: '4301.430111.430111001.430111001001',
  beside: '4301.430111.430111001.430111001002',
  agency: '4301.430111.A430111',
  cityAgency: '4301.A4301',
  archives: '4301.R4301',
  elsewhere: '4301.430102',
  elsewhereAgency: '4301.430102.A430102',
} as const;
type Place = keyof typeof paths;
const idOf = (place: Place) => paths[place].split('.').at(-1) ?? '';
const levelOf = (place: Place): UnitLevel =>
  /agency/i.test(place)
    ? 'agency'
    : place === 'elsewhere'
      ? 'district'
      : place === 'beside'
        ? 'community'
        : (place as UnitLevel);

const person = (posts: ActorPost[], more: Partial<Person> = {}): Person => ({
  is: 'person',
  accountId: 'me',
  name: null,
  links: [],
  posts,
  secondFactor: null,
  door: null,
  ...more,
});
const at = (place: Place, role: Role = 'clerk') =>
  person([{ unitId: idOf(place), path: paths[place], level: levelOf(place), role }]);
const caseAt = (place: Place): CaseFacts => ({
  subjectId: 'her',
  applicantId: 'her account',
  unitId: idOf(place),
  unitPath: paths[place],
  asked: null,
  led: null,
  joined: false,
  discreet: false,
});
/** In the care of the community, insured at the agency of its district. */
const her: RetireeFacts = { retireeId: 'her', carePath: paths.community, insuredAt: idOf('agency') };
const everywhere = Object.keys(paths) as Place[];

/** Those of all places for whose staff something holds. */
const where = (holds: (place: Place) => boolean) => everywhere.filter(holds);

describe('staff of which units', () => {
  test.each<[string, Place, Place[]]>([
    ['a community', 'community', ['city', 'district', 'street', 'community']],
    ['a street', 'street', ['city', 'district', 'street']],
    ['a district', 'district', ['city', 'district']],
    ['the agency of a district', 'agency', ['city', 'district', 'agency']],
    ['the agency of the city', 'cityAgency', ['city', 'cityAgency']],
    ['the archives office', 'archives', ['city', 'archives']],
    ['another district', 'elsewhere', ['city', 'elsewhere']],
  ])('see a case that is with %s', (_with, place, seen) => {
    expect(where((one) => can(at(one), 'case.read', caseAt(place)))).toEqual(seen);
  });

  test('claim and decide it: those of the very unit, as their role allows', () => {
    for (const place of everywhere) {
      expect(where((one) => can(at(one, 'lead'), 'case.staff', caseAt(place)))).toEqual([place]);
      expect(where((one) => can(at(one, 'lead'), 'case.decide', { ...caseAt(place), role: 'clerk' }))).toEqual([place]);
    }
    expect(can(at('community'), 'case.decide', { ...caseAt('community'), role: 'lead' })).toBe(false);
    expect(can(at('community', 'lead'), 'case.decide', { ...caseAt('community'), role: 'lead' })).toBe(true);
  });

  test('see a retiree: those who care, those above them, and the agency that insures her', () => {
    expect(where((one) => can(at(one), 'retiree.read', her))).toEqual([
      'city',
      'district',
      'street',
      'community',
      'agency',
    ]);
    expect(where((one) => can(at(one), 'retiree.read', { ...her, insuredAt: idOf('cityAgency') }))).toEqual([
      'city',
      'district',
      'street',
      'community',
      'cityAgency',
    ]);
    // Somebody who died is in nobody's care: the agency that pays what is left to be paid still sees her.
    expect(where((one) => can(at(one), 'retiree.read', { ...her, carePath: null }))).toEqual(['agency']);
  });

  test('bind a phone to her: those who care, and those above them', () => {
    expect(where((one) => can(at(one), 'retiree.bind', her))).toEqual(['city', 'district', 'street', 'community']);
  });

  test.each<[string, UnmaskFacts, Place[], Place[]]>([
    ['in whose care she is', { careUnit: idOf('community'), decidingUnits: [] }, ['community'], ['community']],
    [
      'who decide a case now',
      { careUnit: idOf('community'), decidingUnits: [idOf('agency')] },
      ['community', 'agency'],
      ['community'],
    ],
    ['of nobody’s care', { careUnit: null, decidingUnits: [] }, [], []],
  ])('see the whole number and 民族: those %s', (_who, facts, numbers, ethnicity) => {
    expect(where((one) => can(at(one, 'lead'), 'retiree.unmask', facts))).toEqual(numbers);
    expect(where((one) => can(at(one, 'lead'), 'retiree.read-ethnicity', facts))).toEqual(ethnicity);
  });

  test('look after the staff: leads of the unit and of those above, never a clerk', () => {
    const leads = (place: Place) => where((one) => can(at(one, 'lead'), 'staff.manage', { unitPath: paths[place] }));
    expect(leads('community')).toEqual(['city', 'district', 'street', 'community']);
    expect(leads('agency')).toEqual(['city', 'district', 'agency']);
    expect(leads('city')).toEqual(['city']);
    for (const place of everywhere)
      expect(where((one) => can(at(one), 'staff.manage', { unitPath: paths[place] }))).toEqual([]);
  });
});

test('a post that waits for the second factor is not there, so nothing holds for it', () => {
  const waiting = person([], { secondFactor: 'give' });
  expect(can(waiting, 'pending.read', null)).toBe(false);
  expect(can(waiting, 'retiree.search', null)).toBe(false);
  expect(can(waiting, 'factor.give', null)).toBe(true);
  expect(can(waiting, 'factor.keep', null)).toBe(false);
});

test('a unit stands within another by whole ids, not by the beginning of one', () => {
  expect(isWithin('4301.430111', '4301')).toBe(true);
  expect(isWithin('43010.1', '4301')).toBe(false);
  expect(isWithin('4301', '4301.430111')).toBe(false);
});

describe('the second factor', () => {
  test.each<[UnitLevel, boolean]>([
    ['city', true],
    ['district', true],
    ['agency', true],
    ['archives', true],
    ['street', false],
    ['community', false],
  ])('%s: %s', (level, needed) => {
    expect(needsSecondFactor(level)).toBe(needed);
  });

  test('is asked of whoever has one such post, and once given here of nobody', () => {
    expect(secondFactorOf([], { has: false, proven: false })).toBeNull();
    expect(secondFactorOf(['community', 'street'], { has: false, proven: false })).toBeNull();
    expect(secondFactorOf(['community', 'agency'], { has: false, proven: false })).toBe('set-up');
    expect(secondFactorOf(['city'], { has: true, proven: false })).toBe('give');
    expect(secondFactorOf(['city'], { has: true, proven: true })).toBe('given');
    // A proof of a factor that is gone proves nothing.
    expect(secondFactorOf(['city'], { has: false, proven: true })).toBe('set-up');
  });
});
