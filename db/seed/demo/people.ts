/** Invents retirees and their relatives, plausible each and all different. Pure: everything comes from `chance`. */
import { firstOf, monthOf, plainDate } from '../../../api/values/plain-month.ts';
import { namedNewcomer, namedRetirees } from './named.ts';
import { demoCommunities, insuredAt } from './places.ts';
import { retirementMonth } from './retirement.ts';
import words from './words.json' with { type: 'json' };
import type { PlainDate } from '../../../api/dates.ts';
import type { Sex } from '../../../api/values/id-number.ts';
import type { PlainMonth } from '../../../api/values/plain-month.ts';
import type { Phone } from '../../../api/values/phone.ts';
import type { EmployerKind, Place } from '../../schema/registry.ts';
import type { Numbers } from './numbers.ts';
import type { Chance } from './prng.ts';
import type { DemoRelative, DemoRetiree } from './types.ts';

const list = (text: string) => text.split(' ');
const SURNAMES = list(words.surnames);
const GIVEN = { female: list(words.women), male: list(words.men) };
const CHILDREN = list(words.children);
const ESTATES = list(words.estates);
const BRANDS = list(words.brands);
const TRADES = list(words.trades);
const NUMBERS = list(words.numbers);

const RESERVED = new Set([...namedRetirees, namedNewcomer].map(({ name }) => name));

const DECADES: [years: [number, number], weight: number][] = [
  [[1926, 1935], 5],
  [[1936, 1945], 18],
  [[1946, 1955], 38],
  [[1956, 1966], 32],
  [[1967, 1976], 9],
];

const EMPLOYER_KINDS: [EmployerKind, number][] = [
  ['central', 14],
  ['provincial', 20],
  ['municipal', 30],
  ['district', 16],
  ['self-employed', 20],
];

/** When the mass handovers of state firms ended; earlier retirees of those came into care then. */
const STATE_HANDOVER = '2020-12' as PlainMonth;
/** Care by communities began in the city. */
const CARE_BEGAN = '2003-07' as PlainMonth;

/** One retiree who had retired by `asOf`. `at` numbers them, and spreads them evenly over the communities. */
export function inventRetiree(chance: Chance, numbers: Numbers, at: number, asOf: PlainMonth): DemoRetiree {
  const sex: Sex = chance.happens(0.58) ? 'female' : 'male';
  const { born, retired } = inventLife(chance, sex, asOf);
  const employerKind = chance.weighted(EMPLOYER_KINDS);
  const communityId = demoCommunities[at % demoCommunities.length] as string;
  const handover = employerKind === 'central' || employerKind === 'provincial' ? STATE_HANDOVER : CARE_BEGAN;
  const careSince = firstOf(retired > handover ? retired : handover);
  return {
    key: `r${String(at).padStart(4, '0')}`,
    name: inventName(chance, sex),
    sex,
    born,
    idNumber: numbers.idNumber(born, sex),
    phone: inventPhone(chance, numbers),
    retiredOn: firstOf(retired),
    employer: inventEmployer(chance, employerKind),
    employerKind,
    insuredAt: insuredAt(employerKind, communityId),
    communityId,
    careSince,
    certifiedOn: plainDate(Number(asOf.slice(0, 4)), 1 + (at % 9), 1 + (at % 28)),
    place: inventPlace(chance),
    livesSince:
      `${chance.between(1986, Number(careSince.slice(0, 4)) - 1)}-${pad(chance.between(1, 12))}-01` as PlainDate,
    signsIn: false,
  };
}

/** One or two relatives: children take their father's surname, a spouse is of the same generation. */
export function inventRelatives(chance: Chance, numbers: Numbers, retiree: DemoRetiree): DemoRelative[] {
  const surname = retiree.sex === 'male' || chance.happens(0.1) ? surnameOf(retiree.name) : chance.pick(SURNAMES);
  const child: DemoRelative = {
    retireeKey: retiree.key,
    name: surname + chance.pick(CHILDREN),
    relation: 'child',
    phone: numbers.mobile(),
    emergency: true,
    actsFor: false,
  };
  const spouseAlive = chance.happens(retiree.born < '1942' ? 0.2 : 0.5);
  if (!spouseAlive) return [child];
  const name = inventName(chance, retiree.sex === 'male' ? 'female' : 'male');
  return [
    { ...child, name, relation: 'spouse', phone: numbers.mobile() },
    { ...child, emergency: false },
  ];
}

/** A full name of the generation of retirees; nobody is called like a person of the story. */
export function inventName(chance: Chance, sex: Sex): string {
  const name = chance.pick(SURNAMES) + chance.pick(GIVEN[sex]);
  return RESERVED.has(name) ? inventName(chance, sex) : name;
}

function inventLife(chance: Chance, sex: Sex, asOf: PlainMonth): { born: PlainDate; retired: PlainMonth } {
  for (;;) {
    const [from, to] = chance.weighted(DECADES);
    const born = plainDate(chance.between(from, to), chance.between(1, 12), chance.between(1, 31));
    if (!born) continue;
    const retired = retirementMonth(monthOf(born), sex === 'male' ? 60 : chance.pick([50, 50, 55] as const));
    if (retired <= asOf) return { born, retired };
  }
}

/** Most have a mobile of their own, some only a fixed line, some nothing. */
function inventPhone(chance: Chance, numbers: Numbers): Phone | null {
  const kind = chance.next();
  if (kind < 0.12) return null;
  return kind < 0.22 ? numbers.landline() : numbers.mobile();
}

function inventPlace(chance: Chance): Place {
  const place: Place = { estate: chance.pick(ESTATES), building: String(chance.between(1, 18)) };
  if (chance.happens(0.8)) place.unit = String(chance.between(1, 4));
  return { ...place, room: `${chance.between(1, chance.happens(0.3) ? 28 : 7)}${pad(chance.between(1, 4))}` };
}

function inventEmployer(chance: Chance, kind: EmployerKind): string | null {
  const works = chance.pick(BRANDS) + (chance.happens(0.4) ? chance.pick(NUMBERS) : '') + chance.pick(TRADES);
  const owner: Record<EmployerKind, () => string | null> = {
    central: () => `中南${works}`,
    provincial: () => `湖南${works}`,
    municipal: () => `长沙${works}`,
    district: () => `${chance.pick(['芙蓉', '雨花'])}区${works}`,
    'self-employed': () => null,
  };
  return owner[kind]();
}

function surnameOf(name: string): string {
  return name.startsWith('欧阳') ? '欧阳' : name.charAt(0);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
