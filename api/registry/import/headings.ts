/**
 * The columns that a roster may have: those of annex 3 (工作台账) and of annex 2 of 长人社规〔2024〕1号, under the names that offices
 * give them. A heading is compared without spaces, line breaks, brackets with their contents, and marks.
 */
import { compact } from '../../values/characters.ts';

const NAMES = {
  serial: '序号 编号',
  name: '姓名 名字 退休人员姓名 职工姓名 人员姓名 本人姓名',
  idNumber:
    '身份证号 身份证号码 身份证 居民身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 身份证件号码 社会保障号码 社会保障号 社保号',
  sex: '性别',
  born: '出生年月 出生日期 出生年月日 出生时间',
  nation: '民族',
  startedWork: '参加工作年月 参加工作时间 参加工作日期 参工时间',
  retiredOn: '退休时间 退休年月 退休日期 办理退休时间 退休年月日 领待时间',
  careSince: '移交社区时间 移交时间 移交日期 移交社区日期 移交年月 接收时间 接收日期',
  certifiedOn: '最近认证日期 最近一次认证日期 认证日期 认证时间 最近认证时间 资格认证日期 资格认证时间 上次认证日期',
  household: '户籍所在地 户口所在地 户籍地 户籍地址 户口所在地址',
  address:
    '住址 现住址 现居住地址 居住地址 家庭住址 家庭地址 现居住地 居住地 常住地址 常住地 详细地址 现住地址 居住详细地址',
  livesAt: '退休后常住地 退休后居住地 退休后常住地址',
  building: '楼栋 栋号 栋 楼号 幢',
  unit: '单元 单元号',
  room: '房号 室号 门牌号 房间号 房屋号',
  family: '家庭成员情况 家庭成员 家庭情况',
  phone:
    '联系电话 本人电话 本人联系电话 电话 电话号码 手机 手机号 手机号码 本人手机 本人手机号 本人手机号码 联系方式 联系电话号码',
  phones: '本人第2联系人电话 本人及第2联系人电话 本人和第2联系人电话 本人第2联系人联系电话',
  contactName: '联系人 联系人姓名 家庭联系人 家庭联系人姓名 紧急联系人 紧急联系人姓名 第2联系人 第2联系人姓名 家属姓名',
  contactRelation: '联系人关系 家庭联系人关系 紧急联系人关系 第2联系人关系 与本人关系 与退休人员关系 家属关系',
  contactPhone:
    '联系人电话 联系人联系电话 家庭联系人电话 家庭联系人联系电话 紧急联系人电话 紧急联系人联系电话 紧急联系人手机号码 紧急联系人员手机号码 第2联系人电话 第2联系人联系电话 家属电话 家属联系电话',
  health: '身体状况 健康状况 健康情况',
  archives: '人事档案移交情况 档案移交情况 档案存放地点 档案存放地',
  partyMember: '是否党员 政治面貌 党员',
  partyBranch: '所属党组织 党组织 所在党组织',
  interests: '兴趣特长 兴趣爱好 特长 兴趣爱好及意向',
  employer:
    '移交时所在的企业全称 移交时所在企业全称 所在企业 企业全称 企业名称 原工作单位 原单位 工作单位 单位名称 退休单位 原所在单位 移交企业',
  group: '中央一级集团公司全称 一级集团公司全称 集团公司全称 所属集团 集团公司',
  employerKind: '企业性质 单位性质 隶属关系 企业类别 单位类别 企业隶属关系 人员类别',
  employerContact: '移交企业联系人电话 移交企业联系人 企业联系人电话 企业联系人',
  insuredAt: '社会保险关系所在地 社保关系所在地 参保地 参保经办机构 社保经办机构 参保所在地',
  district: '区县 所属区县 所在区县 区 县区 区',
  street: '街道 乡镇 街道乡镇 乡镇街道 所属街道 所在街道 所属乡镇街道',
  community: '社区 村 社区村 村社区 所属社区 所在社区 所属村社区 所属社区村 接收社区 管理社区 社区名称 移交社区',
  note: '备注 说明',
} as const;

/** What a column holds, by the name that code gives it. */
export type Column = keyof typeof NAMES;

/** Columns without which a table is no roster. */
export const REQUIRED: readonly Column[] = ['name', 'idNumber'];

/** Columns of annex 3 that are read past: the registry does not keep them. */
export const NOT_KEPT: readonly Column[] = [
  ...(['nation', 'startedWork', 'household', 'family', 'health', 'archives', 'partyMember', 'partyBranch'] as const),
  ...(['interests', 'employerContact', 'note'] as const),
];

const COLUMN_OF = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.split(' ').map((name) => [name, column as Column] as const)),
);

/** A heading over several columns that belong to a relative, not to the retiree. */
const RELATIVES = /联系人|家属|亲属|家庭/;

/**
 * The column that a heading names, or null. In a table with two rows of headings `parent` is the upper one:
 * 「家庭联系人」 over 「姓名」 is the relative's name, 「基本情况」 over 「姓名」 the retiree's.
 */
export function columnOf(heading: string, parent = ''): Column | null {
  const own = bare(heading);
  const above = bare(parent);
  if (above === '' || above === own) return COLUMN_OF.get(own) ?? null;
  if (own === '') return COLUMN_OF.get(above) ?? null;
  if (RELATIVES.test(above)) return COLUMN_OF.get(`${above}${own}`) ?? COLUMN_OF.get(`联系人${own}`) ?? null;
  return COLUMN_OF.get(own) ?? COLUMN_OF.get(`${above}${own}`) ?? COLUMN_OF.get(above) ?? null;
}

/** A heading without what offices add to it: 「身份证 号码\n（必填）」 → 身份证号码, 「本人、第二联系人电话」 → 本人第2联系人电话. */
function bare(heading: string): string {
  return compact(heading)
    .replace(/\([^)]*\)|【[^】]*】|\[[^\]]*\]/g, '')
    .replace(/[^\p{Script=Han}\d]/gu, '')
    .replace(/第二/g, '第2');
}
