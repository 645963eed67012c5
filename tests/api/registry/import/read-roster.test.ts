import { describe, expect, it, test } from 'vitest';
import { isFooter, openRoster } from '../../../../api/registry/import/read-roster.ts';
import type { Roster, RosterRow } from '../../../../api/registry/import/read-roster.ts';
import { workbook } from './workbook.ts';

const ID = '430101194803120023';
const utf8 = (text: string) => new TextEncoder().encode(text);
const CSV = `姓名,身份证号,住址\n刘淑兰,${ID},东方新城3栋101\n`;
/** 姓名,身份证号 / 刘淑兰 in GB18030: Node writes no such encoding. */
const GB18030 = Buffer.concat([
  Buffer.from('d0d5c3fb2cc9edb7ddd6a4bac50a', 'hex'),
  Buffer.from('c1f5cae7c0bc', 'hex'),
  Buffer.from(`,${ID}\n`),
]);

async function read(bytes: Uint8Array, name = 'roster'): Promise<Roster & Record<'rows' | 'footers', RosterRow[]>> {
  const roster = await openRoster(bytes, name);
  const lines = await Array.fromAsync(roster.lines());
  return { ...roster, rows: lines.filter((line) => !isFooter(line)), footers: lines.filter(isFooter) };
}

describe('a CSV roster', () => {
  test.each([
    ['UTF-8', utf8(CSV)],
    ['UTF-8 with its mark', utf8(`\uFEFF${CSV}`)],
    ['GB18030', GB18030],
    ['UTF-16, as Excel calls Unicode text', Buffer.from(`\uFEFF${CSV.replaceAll(',', '\t')}`, 'utf16le')],
    ['semicolons', utf8(CSV.replaceAll(',', ';'))],
  ])('is read in %s', async (_, bytes) => {
    const { rows } = await read(bytes);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ line: 2, cells: { name: '刘淑兰', idNumber: ID } });
  });

  test.each(['utf8', 'utf16le'] as const)(
    'longer than a piece that is decoded loses nothing, in %s',
    async (encoding) => {
      const people = Array.from({ length: 5000 }, (_, at) => `刘${at},${ID},东方新城𠮷3栋${at}`);
      const bytes = Buffer.from(`\uFEFF姓名,身份证号,住址\n${people.join('\n')}\n`, encoding);
      const { rows } = await read(bytes);
      expect(rows.map(({ cells }) => `${cells.name},${cells.idNumber},${cells.address}`)).toEqual(people);
      expect(rows.at(-1)?.line).toBe(5001);
    },
  );

  it('that is broken far below its headings is refused whole', async () => {
    const bytes = utf8(`${CSV.repeat(2000)}"刘`);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'broken-csv' });
  });

  it('counts lines as a spreadsheet does: blank ones count, line breaks in a cell do not', async () => {
    const { rows } = await read(
      utf8(`"某社区\n台账",,\n\n姓名,"身份证\n号码",备注\n刘淑兰,${ID},"一\n二"\n\n陈建国,1,\n`),
    );
    expect(rows.map(({ line, cells }) => [line, cells.name])).toEqual([
      [4, '刘淑兰'],
      [6, '陈建国'],
    ]);
  });

  it('carries a community downwards that was merged over several rows', async () => {
    const { rows } = await read(utf8(`社区,姓名,身份证号\n识字里社区,甲,1\n,乙,2\n梓园社区,丙,3\n,丁,4\n`));
    expect(rows.map(({ cells }) => cells.community)).toEqual(['识字里社区', '识字里社区', '梓园社区', '梓园社区']);
  });
});

describe('the headings of annex 3', () => {
  const ANNEX_3 =
    '序号 姓名 身份证号 性别 参加工作年月 退休时间 移交社区时间 户籍所在地 住址 退休后常住地(自住或与子女同住) 家庭成员情况 本人第2联系人电话 身体状况 人事档案移交情况 是否党员 所属党组织 兴趣特长 移交时所在的企业全称 中央(省、市)一级集团公司全称 移交企业联系人电话 备注';

  test.each([
    ['right', '\n', 3],
    ['a line', '\n\n', 4],
  ])('are all known, %s under the title of the table', async (_, blank, line) => {
    const title = '长沙市芙蓉区文艺路街道识字里社区国有企业退休人员常态化移交和社会化管理服务工作台账';
    const { rows, unknown, columns } = await read(
      utf8(`${title}${blank}${ANNEX_3.replaceAll(' ', ',')}\n1,张三,${ID}\n2,,\n3,,\n`),
    );
    expect(unknown).toEqual([]);
    expect(columns).toHaveLength(21);
    expect(rows).toMatchObject([{ line, titles: [title, 'roster'], cells: { name: '张三' } }]);
  });

  it('are known with other names, spaces, line breaks and in another order, and strange ones are named', async () => {
    const { rows, unknown } = await read(
      utf8(`本人电话,公民身份号码,"姓 名\n（必填）",*居住地址,血型\n138,${ID},刘淑兰,梓园,O\n`),
    );
    expect(rows[0]?.cells).toEqual({ phone: '138', idNumber: ID, name: '刘淑兰', address: '梓园' });
    expect(unknown).toEqual(['血型']);
  });

  it('may stand in two rows: what is under 家庭联系人 is not the retiree', async () => {
    const two = `序号,基本情况,,,家庭联系人,,,备注\n,姓名,身份证号码,联系电话,姓名,关系,联系电话,\n1,刘淑兰,${ID},111,周敏,女儿,222,x\n`;
    const { rows, unknown } = await read(utf8(two));
    expect(unknown).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      line: 3,
      cells: {
        name: '刘淑兰',
        phone: '111',
        contactName: '周敏',
        contactRelation: '女儿',
        contactPhone: '222',
        note: 'x',
      },
    });
  });

  it('do not swallow the first person when that row holds no number', async () => {
    const { rows } = await read(utf8('姓名,身份证号,是否党员\n刘淑兰,,党员\n'));
    expect(rows).toMatchObject([{ line: 2, cells: { name: '刘淑兰', partyMember: '党员' } }]);
  });

  it('are followed by people; a footer is none', async () => {
    const { rows, footers } = await read(utf8(`序号,姓名,身份证号\n1,刘淑兰,${ID}\n合计,1人,\n,填表人：李娟,\n`));
    expect(rows).toHaveLength(1);
    expect(footers.map(({ line }) => line)).toEqual([3, 4]);
  });
});

describe('an Excel roster', () => {
  it('fills merged cells: a community over many rows, headings over two', async () => {
    const bytes = workbook([
      {
        name: 'Sheet1',
        merges: ['A1:E1', 'A2:A3', 'B2:C2', 'D2:E2', 'A4:A5'],
        rows: [
          ['台账', null, null, null, null],
          ['所属社区', '基本信息', null, '家庭联系人', null],
          [null, '姓名', '身份证号', '姓名', '联系电话'],
          ['识字里社区', '刘淑兰', ID, '周敏', { number: '13800000002' }],
          [null, '王桂英', ID, null, null],
          [null, '陈建国', ID, null, null],
        ],
      },
    ]);
    const { rows } = await read(bytes);
    expect(rows.map(({ line, cells }) => [line, cells.community, cells.name])).toEqual([
      [4, '识字里社区', '刘淑兰'],
      [5, '识字里社区', '王桂英'],
      [6, undefined, '陈建国'],
    ]);
    expect(rows[0]?.cells).toMatchObject({ contactName: '周敏', contactPhone: '13800000002' });
  });

  it('shows numbers as people read them, and one that lost its digits as what it is', async () => {
    const bytes = workbook([
      {
        name: 'Sheet1',
        rows: [
          ['姓名', '身份证号', '退休时间', '移交时间'],
          ['甲', { number: '4.3010219600101E+17' }, { day: 36678 }, { number: '2000.0599999999999' }],
          ['乙', { number: '430102196001010016' }, null, null],
        ],
      },
    ]);
    const { rows } = await read(bytes);
    expect(rows[0]?.cells).toMatchObject({
      idNumber: '4.3010219600101e+17',
      retiredOn: '2000-06-01',
      careSince: '2000.06',
    });
    expect(rows[1]?.cells.idNumber).toMatch(/e\+17$/);
  });

  it('is read sheet by sheet; sheets that are no rosters are named', async () => {
    const people = [
      ['姓名', '身份证号'],
      ['甲', ID],
    ];
    const bytes = workbook([
      { name: '识字里社区', rows: people },
      { name: '说明', rows: [['请按月填报']] },
      { name: '梓园社区', rows: people },
    ]);
    const { rows, otherSheets } = await read(bytes, '台账.xlsx');
    expect(rows.map(({ sheet, line, titles }) => [sheet, line, titles])).toEqual([
      ['识字里社区', 2, ['识字里社区', '台账.xlsx']],
      ['梓园社区', 2, ['梓园社区', '台账.xlsx']],
    ]);
    expect(otherSheets).toEqual(['说明']);
  });
});

describe('a file that is no roster', () => {
  test.each([
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-xls'],
    ['a broken .xlsx', Buffer.from('504b030400000000', 'hex'), 'broken-xlsx'],
    ['an open quote', utf8('姓名,身份证号\n"刘'), 'broken-csv'],
    ['nothing', utf8(' \n\n'), 'empty'],
    ['no bytes', utf8(''), 'empty'],
    ['another table', utf8('商品,价格\n米,3\n'), 'no-headings'],
  ])('%s is refused by name', async (_, bytes, code) => {
    await expect(read(bytes, 'x')).rejects.toMatchObject({ code });
  });
});
