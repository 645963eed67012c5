import { describe, expect, it, test } from 'vitest';
import type { PlainDate } from '../../../../api/dates.ts';
import type { RetireeRecord } from '../../../../api/registry/import/check-row.ts';
import { differences } from '../../../../api/registry/import/compare.ts';
import type { KnownRetiree } from '../../../../api/registry/import/compare.ts';
import type { IdNumber } from '../../../../api/values/id-number.ts';
import type { Phone } from '../../../../api/values/phone.ts';

const row: RetireeRecord = {
  sheet: null,
  line: 2,
  name: '刘淑兰',
  sex: 'female',
  born: '1948-03-12' as PlainDate,
  idNumber: '430101194803120023' as IdNumber,
  phone: '13800000001' as Phone,
  contacts: [],
  retiredOn: '1998-03-01' as PlainDate,
  employer: '湖南湘岳第二纺织厂',
  employerKind: 'provincial',
  insuredAt: 'A4301',
  agencyStated: true,
  communityId: '430102001001',
  careSince: null,
  place: { estate: '纺织厂宿舍', building: '3', room: '401' },
};
const known: KnownRetiree = { ...row, id: 'r' };

describe('a person who is in the registry already', () => {
  it('is the same when the row says the same, and when it says less', () => {
    expect(differences(known, row)).toEqual([]);
    expect(
      differences(known, { ...row, phone: null, retiredOn: null, employer: null, employerKind: null, place: {} }),
    ).toEqual([]);
  });

  it('is the same when the agency was only guessed', () => {
    expect(differences(known, { ...row, insuredAt: 'A430102', agencyStated: false })).toEqual([]);
  });

  it('is the same when only the day of a month is more precise', () => {
    expect(differences(known, { ...row, retiredOn: '1998-03-15' as PlainDate })).toEqual([]);
  });

  test.each([
    [{ name: '刘淑岚' }, 'name'],
    [{ phone: '13800000009' as Phone }, 'phone'],
    [{ communityId: '430111001001' }, 'community'],
    [{ place: { estate: '纺织厂宿舍', building: '3', room: '402' } }, 'address'],
    [{ insuredAt: 'A430102' }, 'insuredAt'],
  ])('differs by %j', (said, column) => {
    expect(differences(known, { ...row, ...said })).toEqual([column]);
  });

  it('in the care of nobody any more is a conflict, not a newcomer', () => {
    expect(differences({ ...known, communityId: null }, row)).toEqual(['community']);
  });
});
