// Care payments on pages 360 wide: a festival's list from the proposal to the signed sheet, and a hardship grant from the public
// notice that a neighbour objects to, to the payment.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SWEEP } from '../../api/jobs/queue.ts';
import { demoData } from '../../db/seed/demo/index.ts';
import { saying, use } from '../api/engine/stage.ts';
import { apply, LIU, OLD_CLERK } from '../tools/story.ts';
import { wind } from '../tools/wind.ts';
import { narrow, openOffices, type Desk, type Offices } from './staff-desk.ts';

const COMMUNITY = '430102001001';
const STREET = '430102001';
let offices: Offices;
let picture: Buffer;
const postAt = (unitId: string, role: string) =>
  demoData().staff.find((one) => one.unitId === unitId && one.role === role)?.phone ?? '';
const LEAD = postAt(COMMUNITY, 'lead');
const STREET_LEAD = postAt(STREET, 'lead');

beforeAll(async () => {
  offices = await openOffices();
  picture = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => offices.stop());

/** What no page may have, in the state that it is in. */
const flawsOf = async (desk: Desk): Promise<string[]> => [
  ...(await desk.flaws()),
  ...(await desk.misfits()),
  ...desk.complaints,
];

test('a lead enters the budget; a change without its 批复 is not taken', async () => {
  const desk = await offices.desk(LEAD, narrow);
  await desk.opens('/staff/care', '慰问');
  await desk.sees('还没有登记今年的预算');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByRole('link', { name: '登记、调整预算' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '慰问经费预算' }).waitFor();
  await desk.page.getByLabel('金额（元）').fill('1000');
  await desk.press('登记');
  await desk.sees('已经登记。');
  await desk.page.getByLabel('从一类调到另一类').check();
  await desk.page.getByLabel('金额（元）').fill('100');
  await desk.press('登记');
  await desk.page.getByRole('alert').getByText('请写批复文号').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('批复文号').fill('芙财批〔2026〕7号');
  await desk.press('登记');
  await desk.sees('从节日慰问调到特困慰问 100 元');
  await desk.close();
});

test('a clerk has the list of a festival proposed, and takes people off', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/care', '慰问');
  await desk.page.getByLabel('每人多少元').fill('200');
  await desk.press('拟名单');
  await desk.page.getByRole('heading', { level: 1, name: /重阳节慰问/ }).waitFor();
  const ticks = desk.page.locator('.care-tick input');
  const count = await ticks.count();
  expect(count).toBeGreaterThan(10);
  for (let at = 3; at < count; at += 1) await ticks.nth(at).uncheck();
  await desk.page.getByRole('heading', { level: 2, name: '3 位，共 600 元' }).waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('保存改动');
  await desk.sees('已经保存。');
  await desk.sees('请本单位负责人批准');
  await desk.close();
});

test('the lead approves it in one tap; who is over the ceiling stands in the way, and is left out with another', async () => {
  const desk = await offices.desk(LEAD, narrow);
  await desk.opens('/staff/care', '慰问');
  await desk.page.getByRole('link', { name: /重阳节慰问/ }).click();
  await desk.page
    .locator('.care-row')
    .first()
    .getByLabel(/多少元/)
    .fill('301');
  await desk.press('批准 3 位，共 701 元');
  const alert = desk.page.getByRole('alert');
  await alert.getByText('最高 300 元，已经给了 0 元，这次 301 元').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('去掉这 1 位，批准其余');
  await desk.sees('已经批准 2 位，共 400 元');
  await desk.close();
});

test('the sheet is printed, signed, and its photo records both at once; the ledger has them', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/care', '慰问');
  await desk.page.getByRole('link', { name: /重阳节慰问/ }).click();
  await desk.page.getByRole('link', { name: '打印发放签领表' }).click();
  await desk.page.getByRole('heading', { level: 1, name: /识字里社区重阳节慰问.*发放签领表/ }).waitFor();
  expect(await desk.page.locator('.care-sheet thead th').allTextContents()).toEqual([
    '序号',
    '姓名',
    '标准（元）',
    '慰问金/慰问品',
    '签名或手印',
    '代领人及关系',
  ]);
  for (const words of ['经办人（一）', '经办人（二）', '审核人', '单位盖章']) await desk.sees(words);
  expect((await desk.page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000);
  await desk.page.getByRole('link', { name: /回到名单/ }).click();
  await desk.press('登记发放 2 位');
  await desk.page.getByRole('alert').getByText('请写另一位经办人').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('另一位经办人').fill('王芳');
  await desk.page.getByLabel('签领表的照片').setInputFiles({ name: 's.jpg', mimeType: 'image/jpeg', buffer: picture });
  await desk.press('登记发放 2 位');
  await desk.sees('已经登记 2 位。');
  await desk.sees('都登记过了。');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.opens('/staff/care/ledger', /慰问台账/);
  await desk.sees('李娟、王芳');
  expect(await flawsOf(desk)).toEqual([]);
  const [file] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.getByRole('link', { name: '下载表格' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^care-430102001001-\d{4}\.xlsx$/);
  await desk.close();
});

test('a lead reverses one with a reason; both entries stay', async () => {
  const desk = await offices.desk(LEAD, narrow);
  await desk.opens('/staff/care', '慰问');
  await desk.page.getByRole('link', { name: /重阳节慰问/ }).click();
  await desk.press(/^冲回/);
  await desk.page.getByLabel('为什么冲回？').fill('发错了人');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('确定冲回');
  await desk.sees('台账上两笔都在');
  await desk.close();
});

test('special-care flags are opened from the counter, and kept', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill('刘淑兰');
  await desk.press('查找');
  await desk.page.getByRole('button', { name: /刘淑兰/ }).click();
  await desk.page.getByRole('link', { name: '特殊关爱标记' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '刘淑兰的特殊关爱标记' }).waitFor();
  await desk.page.getByLabel('独居').check();
  await desk.press('保存');
  await desk.sees('已经保存。');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.close();
});

/** A hardship grant as far as the public notice. */
async function onNotice(): Promise<string> {
  const liu = await offices.signIn(LIU);
  const claim = {
    situation: 'noFamily',
    cause: 'graveIllness',
    difficult: true,
    what: '刚做完手术',
    phone: LIU,
    papers: null,
  };
  const number = await apply(liu, 'hardship', claim);
  const clerk = await offices.signIn(OLD_CLERK);
  const found = { visited: '2026-11-01', special: true, caused: true, poor: true, finding: '情况属实' };
  expect((await use(clerk, number, 'approve', found)).status).toBe(200);
  const lead = await offices.signIn(STREET_LEAD);
  await lead.post('/api/care/budgets', {
    unit: STREET,
    year: new Date().getFullYear(),
    kind: 'hardship',
    fen: 500_000,
  });
  return number;
}

test('the street sees what was given before, approves, and prints the notice; a neighbour objects without signing in', async () => {
  const number = await onNotice();
  const street = await offices.desk(STREET_LEAD, narrow);
  await street.opens(`/staff/c/${number}`, /困难补助/);
  await street.sees('以前没有慰问过。');
  await street.press('同意，开始公示');
  await street.page.getByLabel('拟补助多少元？').fill('800');
  await street.page.locator('form').getByRole('button', { name: '同意，开始公示' }).click();
  await street.sees('同意，开始公示：办好了');
  expect(await street.page.getByRole('link', { name: '看公示单，打印' }).getAttribute('href')).toBe(`/p/${number}`);
  expect(await flawsOf(street)).toEqual([]);

  const neighbour = await offices.desk(undefined, narrow);
  const response = await neighbour.page.goto(`/p/${number}`);
  expect(response?.headers()['x-robots-tag']).toBe('noindex');
  await neighbour.page.getByRole('heading', { level: 1, name: '公示：困难补助' }).waitFor();
  const words = await neighbour.page.locator('main').textContent();
  expect(words).toContain('刘＊兰');
  expect(words).toContain('识字里社区');
  expect(words).toContain('800 元');
  expect(words).toContain('生活困难');
  expect(words).not.toMatch(/孤寡|疾病|手术|刘淑兰|纺织厂/);
  expect(await neighbour.page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
  await neighbour.press('我有异议');
  await neighbour.page.getByLabel('您有什么不同的意见？').waitFor();
  expect(await flawsOf(neighbour)).toEqual([]);
  await neighbour.press('提交意见');
  await neighbour.page.getByRole('alert').waitFor();
  await neighbour.page.getByLabel('您有什么不同的意见？').fill('他家有房出租');
  await neighbour.press('提交意见');
  await neighbour.sees('收到了，文艺路街道会核实');

  // It is over for now: the notice is gone, the street has it again and reads what was said; the family does not.
  await neighbour.page.reload();
  await neighbour.page.getByRole('heading', { level: 1, name: '公示已经结束' }).waitFor();
  expect(await flawsOf(neighbour)).toEqual([]);
  await street.opens(`/staff/c/${number}`, /困难补助/);
  await street.sees('他家有房出租');
  const liu = await offices.signIn(LIU);
  expect(JSON.stringify((await liu.get(`/api/cases/${number}`)).body)).not.toContain('出租');
  await street.close();
  await neighbour.close();
});

test('the same grant hangs out undisputed, is paid with the photos that the page asks for, and filed', async () => {
  const clerk = await offices.signIn(STREET_LEAD);
  const { cases } = (await clerk.get('/api/pending?kind=hardship')).body;
  const { number } = cases[0];
  expect((await use(clerk, number, 'approve', { amount: '800' })).status).toBe(200);
  // Five working days pass.
  await offices.house.connection.sql`update timers set due_at = now() - interval '1 minute' where fired_at is null`;
  await expect
    .poll(async () => (await clerk.get(`/api/cases/${number}`)).body.state, { timeout: 20_000, interval: 200 })
    .toContain('公示期满');
  const payer = await offices.desk(postAt(STREET, 'clerk'), narrow);
  await payer.opens(`/staff/c/${number}`, /困难补助/);
  await payer.press('已发放');
  await payer.page.getByLabel('另一位经办人姓名').waitFor();
  await payer.page.getByLabel('另一位经办人姓名').fill('王芳');
  await payer.page.getByLabel('本人', { exact: true }).check();
  await payer.press(/^今天/);
  const inputs = payer.page.locator('form input[type=file]');
  for (let at = 0; at < (await inputs.count()); at += 1)
    await inputs.nth(at).setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: picture });
  await payer.page.locator('.photos li').nth(1).waitFor();
  expect(await flawsOf(payer)).toEqual([]);
  await payer.page.locator('form').getByRole('button', { name: '已发放' }).click();
  await payer.sees('已发放：办好了');
  const agency = await offices.signIn(postAt('430102-agency', 'clerk') || '13800000043');
  expect((await agency.post(`/api/cases/${number}/approve`, { answers: saying({}) })).body.status).toBe('approved');
  await payer.close();
});
