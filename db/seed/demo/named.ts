/** The people whom the README, the start-up text and the tests of the main story know by name and phone. */
import { archivesId, agencyOf, cityAgencyId } from '../divisions.ts';
import { idNumberOf } from './numbers.ts';
import { homeCommunity, receivingCommunity } from './places.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { Phone } from '../../../api/values/phone.ts';
import type { Role } from '../../schema/access.ts';
import type { DemoRelative, DemoRetiree, DemoSignIn, DemoStaff } from './types.ts';

const day = (text: string) => text as PlainDate;
/** 138000000nn. */
const demoPhone = (nn: number) => `138000000${String(nn).padStart(2, '0')}` as Phone;

/** 刘淑兰 is bound and signs in; 陈建国 is not bound yet; 王桂英 has no phone and comes to the counter. */
export const namedRetirees: DemoRetiree[] = [
  {
    key: 'liu-shulan',
    name: '刘淑兰',
    sex: 'female',
    born: day('1948-03-12'),
    idNumber: idNumberOf('430101', day('1948-03-12'), 'female', 1),
    phone: demoPhone(1),
    retiredOn: day('1998-03-01'),
    employer: '湖南湘岳第二纺织厂',
    employerKind: 'provincial',
    insuredAt: cityAgencyId,
    communityId: homeCommunity,
    careSince: day('2020-12-01'),
    certifiedOn: day('2026-03-02'),
    place: { estate: '纺织厂宿舍', building: '3', unit: '2', room: '401' },
    livesSince: day('1996-05-01'),
    signsIn: true,
  },
  {
    key: 'chen-jianguo',
    name: '陈建国',
    sex: 'male',
    born: day('1952-10-01'),
    idNumber: idNumberOf('430101', day('1952-10-01'), 'male', 1),
    phone: demoPhone(3),
    retiredOn: day('2012-10-01'),
    employer: '长沙麓星机床厂',
    employerKind: 'municipal',
    insuredAt: cityAgencyId,
    communityId: receivingCommunity,
    careSince: day('2012-11-01'),
    certifiedOn: day('2026-05-11'),
    place: { estate: '机床厂宿舍', building: '5', unit: '1', room: '302' },
    livesSince: day('2001-08-01'),
    signsIn: false,
  },
  {
    key: 'wang-guiying',
    name: '王桂英',
    sex: 'female',
    born: day('1934-11-26'),
    idNumber: idNumberOf('430101', day('1934-11-26'), 'female', 1),
    phone: null,
    retiredOn: day('1984-11-01'),
    employer: '芙蓉区湘春服装厂',
    employerKind: 'district',
    insuredAt: agencyOf('430102'),
    communityId: homeCommunity,
    careSince: day('2003-07-01'),
    // Due as soon as the clockwork looks: her certification can be tried.
    certifiedOn: day('2025-12-20'),
    place: { estate: '湘春里', building: '1', unit: '1', room: '101' },
    livesSince: day('1979-02-01'),
    signsIn: false,
  },
];

/** 谢桂香 draws her pension and is in no registry: with her, being registered can be tried. */
export const namedNewcomer = {
  name: '谢桂香',
  phone: demoPhone(6),
  idNumber: idNumberOf('430101', day('1971-05-20'), 'female', 1),
  livesIn: homeCommunity,
};

export const namedRelatives: DemoRelative[] = [
  { retireeKey: 'liu-shulan', name: '周敏', relation: 'child', phone: demoPhone(2), emergency: true, actsFor: true },
  { retireeKey: 'chen-jianguo', name: '陈磊', relation: 'child', phone: demoPhone(4), emergency: true, actsFor: true },
  {
    retireeKey: 'wang-guiying',
    name: '何建军',
    relation: 'child',
    phone: demoPhone(5),
    emergency: true,
    actsFor: false,
  },
];

const staffRows: [as: string, name: string, nn: number, unitId: string, role: Role][] = [
  ['clerk', '李娟', 11, homeCommunity, 'clerk'],
  ['receiving-clerk', '张伟', 12, receivingCommunity, 'clerk'],
  ['street-lead', '赵志刚', 21, '430102001', 'lead'],
  ['receiving-street-lead', '彭红霞', 22, '430111001', 'lead'],
  ['district', '谭丽君', 31, '430102', 'lead'],
  ['receiving-district', '罗文斌', 32, '430111', 'lead'],
  ['city', '周国平', 41, '4301', 'lead'],
  ['city-agency', '唐静', 42, cityAgencyId, 'clerk'],
  ['district-agency', '黄晓东', 43, agencyOf('430102'), 'clerk'],
  ['archives', '蒋琳', 44, archivesId, 'clerk'],
];

export const namedStaff: DemoStaff[] = staffRows.map(([, name, nn, unitId, role]) => ({
  name,
  phone: demoPhone(nn),
  unitId,
  role,
}));

/** Who may be tried out, in the order of the story: mother, daughter, the clerk who receives them, and everybody above. */
export const demoSignIns: DemoSignIn[] = [
  { as: 'retiree', name: '刘淑兰', phone: demoPhone(1), unitId: homeCommunity },
  { as: 'daughter', name: '周敏', phone: demoPhone(2), unitId: homeCommunity },
  ...namedRetirees
    .filter(({ key }) => key === 'chen-jianguo')
    .map(({ name, idNumber, communityId }) => ({
      as: 'unbound',
      name,
      phone: demoPhone(3),
      unitId: communityId,
      idNumber,
    })),
  {
    as: 'newcomer',
    name: namedNewcomer.name,
    phone: namedNewcomer.phone,
    unitId: namedNewcomer.livesIn,
    idNumber: namedNewcomer.idNumber,
  },
  { as: 'son', name: '陈磊', phone: demoPhone(4), unitId: receivingCommunity },
  ...staffRows.map(([as, name, nn, unitId]) => ({ as, name, phone: demoPhone(nn), unitId })),
];
