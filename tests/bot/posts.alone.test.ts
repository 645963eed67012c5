/** Posts in chat: the district clerk who must give a code first, whoever is invited, and whoever has left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';
import { addService } from '../../api/engine/catalogue.ts';
import { form } from '../../api/engine/form.ts';
import { q } from '../../api/engine/questions/index.ts';
import { defineService } from '../../api/engine/service.ts';
import { addTexts, locales } from '../../locales/index.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome, OLD_CLERK } from '../tools/story.ts';
import { join, NEWS_MS, saidTo, tapOn } from './people.ts';

/** Lead of 芙蓉区; lead of 侯家塘街道, the street over 梓园社区. */
const DISTRICT = '13800000031';
const STREET = '13800000022';

/** Decided by the district: what a clerk there finds in chat. */
const districtService = defineService({
  kind: 'toy-district',
  version: 1,
  basis: ['第四条（二）'],
  subject: 'retiree',
  promise: 2,
  open: { by: ['self'] },
  ask: form.ask('why', q.choice('one', 'two')),
  steps: {
    decide: {
      by: ['clerk'],
      at: ({ subject, units }) => units.above(subject.care, 'district'),
      on: { approve: { to: 'approved' } },
    },
  },
});
const texts = {
  title: '区里的事',
  summary: '由区里办',
  ask: { why: { label: '为什么？', options: { one: '一', two: '二' } } },
  steps: { decide: { title: '待审：区里的事', waiting: '{{unit}}正在办' } },
};

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
  for (const locale of locales) addTexts(locale, 'services/toy-district', texts);
  addService(districtService);
});
afterAll(() => house.stop());

const urlIn = (message: SeenMessage, label: string) =>
  message.buttons.flat().find(({ text }) => text === label)?.value ?? '';

test('a district clerk hears that something waits, and of whom only after the code was given on the page', async () => {
  const tan = await join(house, '谭丽君', DISTRICT);
  tan.send('待办');
  expect(urlIn(await tan.see('要先设置动态码'), '打开工作页面')).toBe(`${house.url}/staff`);
  await house.signIn(DISTRICT);

  const liu = await house.signIn(LIU);
  const number = await apply(liu, 'toy-district', { why: 'one' });
  const told = await tan.see('有一件新的事等您单位办', NEWS_MS);
  expect(saidTo(tan)).not.toMatch(/刘淑兰|编号/);
  tan.send('待办');
  const asked = await tan.answer('请先在网页上输入动态码');
  const link = new URL(urlIn(asked, '打开网页输入动态码'));
  expect(link.pathname).toBe('/staff/prove');
  expect(urlIn(told, '打开网页输入动态码')).toContain('/staff/prove#');

  const code = house.apps.get(DISTRICT)?.code();
  const page = house.visit();
  expect((await page.post('/api/second-factor/chat', { token: link.hash.slice(1), code })).body).toEqual({
    proven: true,
  });
  tan.send('待办');
  const list = await tan.answer('本单位的');
  tapOn(tan, list, list.buttons[0]?.[0]?.text ?? '');
  tapOn(tan, await tan.answer('刘淑兰'), '同意');
  await tan.see('您已办理：同意');
  expect((await liu.get(`/api/cases/${number}`)).body.status).toBe('approved');
});

async function invited(name: string): Promise<string> {
  const street = await house.signIn(STREET);
  const answer = await street.post('/api/staff/invites', { unitId: newHome.communityId, role: 'clerk', name });
  return answer.body.token;
}
const relocate = async () => {
  const counter = await house.signIn(OLD_CLERK);
  const rows = await house.connection.sql`
    select retiree_id from care where unit_id = '430102001001' and until is null and not exists
      (select from cases where subject_id = retiree_id) limit 1`;
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  return apply(counter, 'relocation', answers, String(rows[0]?.['retiree_id']));
};

test('whoever is invited joins in chat, the lead hears of it, and cards come; once removed they are gone', async () => {
  const lead = await join(house, '彭红霞', STREET);
  const token = await invited('何芳');
  const phone: Phone = house.simulator.phone({ firstName: '何芳', phoneNumber: '13955560001' });
  phone.send(`请看 ${house.url}/staff/join#${token}`);
  const invitation = await phone.answer('彭红霞请何芳到雨花区 侯家塘街道 梓园社区工作');
  tapOn(phone, invitation, '加入');
  await phone.see('先请点下面的“发送我的手机号”');
  phone.shareContact();
  await phone.see('收到您的手机号了');
  tapOn(phone, invitation, '加入');
  await phone.see('您已加入梓园社区（经办）');
  await lead.see('何芳已经加入梓园社区（经办）', NEWS_MS);
  // A second tap, and somebody else who got the link, are told that it was used.
  const other = house.simulator.phone({ firstName: '别人', phoneNumber: '13955560002' });
  other.send(`/start j-${token}`);
  await other.answer('这个邀请已经用过');

  const number = await relocate();
  const isCard = (message: SeenMessage) =>
    message.text.replaceAll(' ', '').includes(number) && message.buttons.flat().some(({ text }) => text === '同意');
  const card = await phone.see(isCard, NEWS_MS);
  tapOn(phone, card, '我来办');
  await phone.see((message) => message.id === card.id && message.text.includes('您已认领'));

  const street = await house.signIn(STREET);
  const unit = newHome.communityId;
  const [line] = (await street.get(`/api/staff?unit=${unit}&words=${encodeURIComponent('何芳')}`)).body.people;
  await street.post(`/api/staff/${line.id}/remove`, { why: '调走了' });
  const taken = await phone.see(
    (message) => message.id === card.id && message.text.includes('这件事不再由您办理'),
    NEWS_MS,
  );
  expect(taken.buttons).toEqual([]);
  await phone.see('您在梓园社区的岗位结束了', NEWS_MS);
  phone.send('待办');
  await phone.answer('这件事要由别人来办');
  expect((await street.get(`/api/cases/${number}`)).body.claimedBy).toBeNull();
});
