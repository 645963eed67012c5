import { Readable } from 'node:stream';
import { describe, expect, it, test } from 'vitest';
import type { PlainDate } from '../../../../api/dates.ts';
import { checkRoster } from '../../../../api/registry/import/check-roster.ts';
import { checkRow } from '../../../../api/registry/import/check-row.ts';
import type { Lookups } from '../../../../api/registry/import/check-row.ts';
import { unitFinder } from '../../../../api/registry/import/find-unit.ts';
import type { RosterRow } from '../../../../api/registry/import/read-roster.ts';
import { allUnits } from '../../../../db/seed/divisions.ts';

const ID = '430101194803120023';
const lookups: Lookups = { today: '2026-11-23' as PlainDate, units: unitFinder(allUnits()), community: null };
const GOOD = { name: '刘淑兰', idNumber: ID, community: '识字里社区' };

function row(cells: RosterRow['cells'], line = 3): RosterRow {
  return { sheet: null, line, cells, titles: [], labels: { idNumber: '身份证号码' } };
}

/** The faults of a good row with some cells changed, as `column code`. */
function faults(cells: RosterRow['cells']): string[] {
  const checked = checkRow(row({ ...GOOD, ...cells }), lookups);
  return 'bad' in checked ? checked.bad.map(({ column, code }) => `${column} ${code}`) : [];
}

function good(cells: RosterRow['cells'], more: Partial<RosterRow> = {}) {
  const checked = checkRow({ ...row({ ...GOOD, ...cells }), ...more }, lookups);
  if ('bad' in checked) throw new Error(JSON.stringify(checked.bad));
  return checked.good;
}

describe('a good row', () => {
  it('is read whole, as annex 3 has it', () => {
    const cells = {
      name: ' 刘 淑兰',
      idNumber: '43010119480312 0023',
      sex: '女',
      retiredOn: '1998年3月',
      careSince: '2020.12',
      certifiedOn: '2026年3月2日',
      address: '东方新城E3栋101',
      phones: '本人: 13111111111\n配偶: 13211111111',
      employer: '湖南湘岳 第二纺织厂',
      group: '湘岳集团公司',
    };
    expect(good(cells)).toEqual({
      sheet: null,
      line: 3,
      name: '刘淑兰',
      idNumber: ID,
      sex: 'female',
      born: '1948-03-12',
      phone: '13111111111',
      contacts: [{ name: '配偶', relation: 'spouse', phone: '13211111111' }],
      retiredOn: '1998-03-01',
      employer: '湖南湘岳第二纺织厂',
      employerKind: null,
      insuredAt: 'A4301',
      agencyStated: false,
      communityId: '430102001001',
      careSince: '2020-12-01',
      certifiedOn: '2026-03-02',
      place: { estate: '东方新城', building: 'E3', room: '101' },
    });
  });

  it('needs no more than name, identity number and community', () => {
    expect(good({})).toMatchObject({ phone: null, retiredOn: null, careSince: null, place: {}, insuredAt: 'A430102' });
  });

  it('may give building, unit and room in columns of their own', () => {
    const place = { estate: '梓园小区', building: '3', unit: '2', room: '101' };
    expect(good({ address: '梓园小区', building: '三栋', unit: '2单元', room: '101室' }).place).toEqual(place);
  });

  test.each([
    ['中央', 'central', 'A4301'],
    ['省属企业', 'provincial', 'A4301'],
    ['市属', 'municipal', 'A4301'],
    ['区县（市）属', 'district', 'A430102'],
    ['灵活就业', 'self-employed', 'A430102'],
  ])('of a firm that is %s is insured with %s %s', (employerKind, kind, insuredAt) => {
    expect(good({ employerKind })).toMatchObject({ employerKind: kind, insuredAt });
  });

  test.each([
    ['长沙市本级', 'A4301'],
    ['雨花区', 'A430111'],
    ['长沙县社保中心', 'A430121'],
    ['浏阳市', 'A430181'],
  ])('insured at %s is with %s', (insuredAt, agency) => expect(good({ insuredAt }).insuredAt).toBe(agency));

  it('gives relatives their own numbers', () => {
    expect(
      good({ phone: '13111111111', contactName: '周敏', contactRelation: '女儿', contactPhone: '13311111111' }),
    ).toMatchObject({
      phone: '13111111111',
      contacts: [{ name: '周敏', relation: 'child', phone: '13311111111' }],
    });
    expect(good({ phones: '儿子13211111111' })).toMatchObject({
      phone: null,
      contacts: [{ name: '儿子', relation: 'child' }],
    });
  });
});

describe('the community of a row', () => {
  test.each([
    '识字里社区',
    '识字里',
    '识字里社区居委会',
    '芙蓉区文艺路街道识字里社区',
    '430102001001',
    ' 识字里 社区 ',
  ])('is found as 「%s」', (community) => expect(good({ community }).communityId).toBe('430102001001'));

  it('is told from namesakes by street, by district or by the title', () => {
    expect(faults({ community: '曙光社区' })).toEqual(['community ambiguous-community']);
    expect(good({ community: '曙光社区', street: '左家塘街道' }).communityId).toMatch(/^430111002/);
    expect(good({ community: '曙光社区', district: '芙蓉区', street: '朝阳街' }).communityId).toMatch(/^430102002/);
    expect(good({ community: '曙光社区' }, { titles: ['雨花区左家塘街道台账'] }).communityId).toMatch(/^430111002/);
  });

  it('may stand in the title, the name of the sheet or of the file, or in the option', () => {
    const { community: _, ...cells } = GOOD;
    const titles = ['长沙市芙蓉区文艺路街道（乡镇）识字里社区（村）国有企业退休人员台账'];
    expect(checkRow({ ...row(cells), titles }, lookups)).toMatchObject({ good: { communityId: '430102001001' } });
    expect(checkRow({ ...row(cells), titles: ['Sheet1', '2026年梓园社区台账.xlsx'] }, lookups)).toMatchObject({
      good: { communityId: '430111001001' },
    });
    expect(checkRow(row(cells), { ...lookups, community: '430102001002' })).toMatchObject({
      good: { communityId: '430102001002' },
    });
    expect(checkRow(row(cells), lookups)).toMatchObject({ bad: [{ column: 'community', code: 'community-missing' }] });
  });
});

describe('a bad row', () => {
  test.each([
    [{ name: '' }, 'name missing'],
    [{ name: '刘淑兰2' }, 'name bad-name'],
    [{ idNumber: '' }, 'idNumber missing'],
    [{ idNumber: '430101194803120024' }, 'idNumber wrong-check-digit'],
    [{ idNumber: '4.30102E+17' }, 'idNumber mangled-by-spreadsheet'],
    [{ idNumber: '430102194803120000' }, 'idNumber mangled-by-spreadsheet'],
    [{ idNumber: '430102480312002' }, 'idNumber fifteen-digits'],
    [{ idNumber: '430101*****6666' }, 'idNumber wrong-length'],
    [{ sex: '男' }, 'sex sex-differs'],
    [{ sex: 'F' }, 'sex bad-sex'],
    [{ born: '1948年4月' }, 'born born-differs'],
    [{ retiredOn: '去年三月' }, 'retiredOn not-a-date'],
    [{ retiredOn: '2027年1月' }, 'retiredOn in-future'],
    [{ retiredOn: '1968年1月' }, 'retiredOn too-young'],
    [{ careSince: '2020' }, 'careSince year-only'],
    [{ phone: '1311111111' }, 'phone phone-wrong-length'],
    [{ phone: '1.31E+10' }, 'phone phone-mangled'],
    [{ phones: '待补' }, 'phones not-a-phone'],
    [{ community: '月亮社区' }, 'community no-such-community'],
    [{ street: '侯家塘街道' }, 'street not-in-street'],
    [{ employerKind: '其他' }, 'employerKind bad-employer-kind'],
    [{ insuredAt: '株洲市' }, 'insuredAt no-such-agency'],
  ])('%j is reported as %s', (cells, fault) => expect(faults(cells)).toEqual([fault]));

  it('is reported with line, column and all its faults at once, and without the number', () => {
    const checked = checkRow(row({ name: '', idNumber: '430101194803120024' }, 12), lookups);
    expect(checked).toMatchObject({
      bad: [
        { line: 12, column: 'name', code: 'missing', label: null },
        { line: 12, column: 'idNumber', code: 'wrong-check-digit', label: '身份证号码' },
        { line: 12, column: 'community', code: 'community-missing' },
      ],
    });
    expect(JSON.stringify(checked)).not.toContain('4301011948');
  });

  it('may be a second row of the same person', async () => {
    const lines = () => Readable.from([row(GOOD, 3), row({ serial: '合计' }, 4), row(GOOD, 9)]);
    const roster = { lines, sheets: [null], columns: [], unknown: [], otherSheets: [] };
    const { good: kept, bad, people, footers } = await checkRoster(roster, lookups);
    expect((await Array.fromAsync(kept())).map(({ line }) => line)).toEqual([3]);
    expect({ people, footers }).toEqual({ people: 2, footers: [{ sheet: null, line: 4 }] });
    expect(bad).toMatchObject([{ line: 9, column: 'idNumber', code: 'duplicate-in-file', params: { first: '3' } }]);
  });

  it('is not a row that says 无 for a phone or a date', () => {
    expect(faults({ phone: '无', careSince: '/' })).toEqual([]);
  });
});
