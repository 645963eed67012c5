/** Where the demo plays: 12 real communities of 3 streets in 2 districts. */
import { agencyOf, cityAgencyId } from '../divisions.ts';
import type { EmployerKind } from '../../schema/registry.ts';

/** 识字里社区, 文艺路街道, 芙蓉区: where the story of the README begins. */
export const homeCommunity = '430102001001';
/** 梓园社区, 侯家塘街道, 雨花区: where it ends. */
export const receivingCommunity = '430111001001';

/** 文艺路街道, 荷花园街道 (芙蓉区), 侯家塘街道 (雨花区). */
export const demoStreets = ['430102001', '430102014', '430111001'] as const;
export const demoDistricts = ['430102', '430111'] as const;

/** Four of each street: 识字里, 文艺新村, 韭菜园, 乔庄; 杨家山, 德政园, 东方新城, 东郡; 梓园, 韶山路, 侯家塘, 湘农桥. */
export const demoCommunities: readonly string[] = [
  '430102001001',
  '430102001002',
  '430102001003',
  '430102001005',
  '430102014003',
  '430102014004',
  '430102014006',
  '430102014007',
  '430111001001',
  '430111001002',
  '430111001005',
  '430111001006',
];

/** Where somebody is insured: state and municipal firms with the city (第二十二条), the others with their district (第二十三条). */
export function insuredAt(kind: EmployerKind, communityId: string): string {
  return kind === 'district' || kind === 'self-employed' ? agencyOf(communityId.slice(0, 6)) : cityAgencyId;
}
