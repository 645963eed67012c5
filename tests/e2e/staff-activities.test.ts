// An activity at a clerk's desk, on a phone: written, changed, who signed up on paper, called off with a reason.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoData } from '../../db/seed/demo/index.ts';
import { dayFromToday } from '../../h5/base/days.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Desk, type Offices } from './staff-desk.ts';

/** The lead of 文艺路街道. */
const STREET_LEAD = demoData().staff.find(({ unitId, role }) => unitId === '430102001' && role === 'lead')?.phone ?? '';
let offices: Offices;
let desk: Desk;
beforeAll(async () => {
  offices = await openOffices();
  desk = await offices.desk(OLD_CLERK, narrow);
});
afterAll(() => offices.stop());

const pictures = process.env['PICTURES'];
const picture = async (name: string) => {
  if (pictures) await desk.page.screenshot({ path: `${pictures}/staff-${name}.png`, fullPage: true });
};
const flaws = async (): Promise<string[]> => [...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints];
const idOf = (): string => /activities\/([\w-]+)/.exec(desk.page.url())?.[1] ?? '';

test('is written with what is missing named, and stands in the list', async () => {
  await desk.opens('/staff/activities', '活动');
  await desk.sees('还没有活动。');
  expect(await flaws()).toEqual([]);
  await desk.page.getByRole('link', { name: '发一个活动' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '发一个活动' }).waitFor();
  await desk.page.getByRole('textbox', { name: '名额' }).fill('很多');
  await desk.page.getByLabel('地图链接').fill('http://map.example.com');
  await desk.press('发布');
  await desk.page.getByRole('alert').getByText('请填“活动名称”。').waitFor();
  await desk.page.getByRole('alert').getByText('要以 https:// 开头').waitFor();
  expect(await flaws()).toEqual([]);
  await picture('wrong');
  await desk.page.getByLabel('活动名称', { exact: true }).fill('一起剪窗花');
  await desk.page.getByLabel('地点', { exact: true }).fill('社区二楼活动室');
  await desk.page.getByLabel('地图链接').fill('');
  await desk.page.getByRole('textbox', { name: '名额' }).fill('1');
  await desk.page.getByLabel('开始', { exact: true }).fill(`${dayFromToday(-1)}T09:00`);
  await desk.press('发布');
  await desk.page.getByRole('alert').getByText('开始时间已经过了').waitFor();
  await desk.page.getByLabel('开始', { exact: true }).fill(`${dayFromToday(7)}T09:00`);
  await desk.press('发布');
  await desk.page.getByRole('heading', { level: 1, name: '一起剪窗花' }).waitFor();
  await desk.sees('报上名 0 人，名额 1 个。');
  await picture('activity');
  expect(await flaws()).toEqual([]);
  await desk.page.getByRole('link', { name: '← 活动' }).click();
  await desk.page.getByRole('link', { name: /一起剪窗花/ }).click();
  await desk.page.getByRole('heading', { level: 1, name: '一起剪窗花' }).waitFor();
});

test('who signed up stands on a sheet with what they need; seats go up; calling off asks why and tells them', async () => {
  const liu = await offices.signIn(LIU);
  const [{ id: retireeId }] = (await liu.get('/api/me')).body.people;
  const signed = await liu.post(`/api/activities/${idOf()}/sign-ups`, {
    retireeId,
    needs: { company: true, slow: true },
  });
  expect(signed.body.state).toBe('in');
  await desk.page.getByLabel('姓名、拼音或手机后四位').fill('王桂英');
  await desk.press('查找');
  expect(await flaws()).toEqual([]);
  await picture('sign-up-for');
  await desk.page.getByLabel('行动不便').check();
  await desk.page.getByRole('button', { name: '报名', exact: true }).click();
  await desk.sees('名额满了，王桂英在排队，排第 1 位。');
  await desk.page.getByRole('link', { name: '报名名单' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '报名名单：一起剪窗花' }).waitFor();
  await desk.page.getByRole('row', { name: /刘淑兰 识字里社区 我要人陪 行动不便/ }).waitFor();
  expect(await flaws()).toEqual([]);
  await desk.page.emulateMedia({ media: 'print' });
  await picture('sheet');
  await desk.page.emulateMedia({ media: 'screen' });
  await desk.page.getByRole('link', { name: '← 回到活动' }).click();
  await desk.page.getByRole('link', { name: '活动台账' }).click();
  await desk.sees('报名 1 人，到场 0 人，没有来 1 人，带来 0 人。');
  await desk.page
    .getByRole('row', { name: /刘淑兰/ })
    .getByText('本人')
    .waitFor();
  expect(await flaws()).toEqual([]);
  await picture('ledger');
  await desk.page.getByRole('link', { name: '← 回到活动' }).click();
  await desk.page.getByRole('link', { name: '改活动' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '改活动' }).waitFor();
  expect(await desk.page.getByLabel('活动名称', { exact: true }).inputValue()).toBe('一起剪窗花');
  await desk.page.getByRole('textbox', { name: '名额' }).fill('20');
  expect(await flaws()).toEqual([]);
  await desk.press('保存');
  await desk.sees('报上名 1 人，名额 20 个。');
  await desk.press('取消这个活动');
  await desk.press('取消，通知所有报名的人');
  await desk.sees('请写为什么取消。');
  await desk.page.getByLabel('为什么取消').fill('下大雨');
  await desk.press('取消，通知所有报名的人');
  await desk.sees('活动取消了，报名的人都会收到消息。');
  await picture('called-off');
  expect(await flaws()).toEqual([]);
  const [message] = (await liu.get('/api/messages')).body;
  expect(message.text).toBe('“一起剪窗花”取消了，刘淑兰不用来了。原因：下大雨');
  await desk.close();
});

test('a street holds one for some of its communities only: the others need not see it', async () => {
  const street = await offices.desk(STREET_LEAD, narrow);
  await street.opens('/staff/activities', '活动');
  await street.page.getByRole('link', { name: '发一个活动' }).click();
  await street.page.getByRole('group', { name: '只给其中几个单位办' }).getByLabel('识字里社区').check();
  expect([...(await street.flaws()), ...(await street.misfits())]).toEqual([]);
  if (pictures) await street.page.screenshot({ path: `${pictures}/staff-audience.png`, fullPage: true });
  await street.page.getByLabel('活动名称', { exact: true }).fill('几个社区一起唱歌');
  await street.page.getByLabel('地点', { exact: true }).fill('街道文化站');
  await street.page.getByLabel('联系人', { exact: true }).fill('老张');
  await street.page.getByLabel('联系电话', { exact: true }).fill('0731-84000000');
  await street.press('发布');
  await street.page.getByRole('heading', { level: 1, name: '几个社区一起唱歌' }).waitFor();
  await street.page.getByText('识字里社区服务的退休人员', { exact: true }).waitFor();
  expect([...(await street.flaws()), ...(await street.misfits()), ...street.complaints]).toEqual([]);
  await street.close();
});
