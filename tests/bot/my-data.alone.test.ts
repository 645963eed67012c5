/** 我的信息 in chat: no number is said there; devices are listed and signed out; the page opens inside Telegram and signs in by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { Browser } from '../tools/browser.ts';
import { addConsentService } from '../tools/consent-service.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { beginService, join, NEWS_MS, saidTo, tapOn } from './people.ts';

let house: HouseUnderTest;
let liu: Phone;
beforeAll(async () => {
  house = await openTestHouse();
  addConsentService();
  liu = await join(house, '刘淑兰', LIU);
});
afterAll(() => house.stop());

/** Opens the page of a button as Telegram does. */
async function opened(phone: Phone, button: string, messageId: number): Promise<{ browser: Browser; url: URL }> {
  const tapped = phone.tap(button, messageId);
  if (tapped.kind !== 'webApp') throw new Error(`“${button}” opens no Mini App.`);
  const url = new URL(tapped.url);
  const initData = new URLSearchParams(url.hash.slice(1)).get('tgWebAppData');
  const browser = house.visit();
  expect((await browser.post('/api/sign-in/mini-app', { initData })).status).toBe(200);
  return { browser, url };
}

test.each(['我的信息', '/me'])('「%s」 hands over the page and says nothing of what is there', async (words) => {
  liu.send(words);
  const answer = await liu.answer('聊天里不显示');
  expect(answer.buttons.flat().map(({ text }) => text)).toEqual(['打开页面', '打开网页', '登录的设备', '菜单', '找人']);
  const { browser, url } = await opened(liu, '打开页面', answer.id);
  expect(`${url.pathname}${url.search}`).toBe('/tg?to=/me');
  expect((await browser.get('/api/me/data')).body.people[0].name).toBe('刘淑兰');
  const link = new URL(answer.buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '');
  expect(link.search).toBe('?to=/me');
});

test('devices are listed, one is signed out, then all', async () => {
  const pocket = await house.signIn(LIU);
  liu.send('登录的设备');
  const list = await liu.answer('登录着');
  const [line = ''] = list.buttons.flat().flatMap(({ text }) => (text.startsWith('退出：手机') ? [text] : []));
  tapOn(liu, list, line);
  await liu.see((message) => message.id === list.id && message.text.includes('已经退出。'));
  expect((await pocket.put('/api/me/locale', { locale: 'zh-CN' })).status).toBe(401);
  const left = await liu.see('聊天里打开的页面');
  tapOn(liu, left, '全都退出');
  await liu.see('现在没有手机或电脑登录着网页');
  // A second tap on a button that is gone does no harm.
  const before = liu.toasts().length;
  liu.press(list.id, list.buttons.flat().find(({ text }) => text === line)?.value ?? '');
  await liu.waitFor(({ toasts }) => toasts.length > before);
  expect(liu.toasts().at(-1)?.text).toBe('已经退出。');
});

test('a device of somebody else is not signed out by a forged button', async () => {
  const clerk = await join(house, '李娟', OLD_CLERK);
  const theirs = await house.signIn(LIU);
  liu.send('设备');
  const list = await liu.answer('您的账号在这些设备上登录着');
  const data = list.buttons.flat().find(({ text }) => text.startsWith('退出：'))?.value ?? '';
  clerk.send('设备');
  const own = await clerk.answer('现在没有手机或电脑登录着网页');
  clerk.press(own.id, data);
  await clerk.see('已经退出。');
  expect((await theirs.get('/api/me')).body.signedIn).toBe(true);
});

test('a consent given in chat is asked once', async () => {
  await beginService(liu, '秋游报名');
  await liu.answer('照片里可以有您吗');
  liu.send('同意');
  await liu.answer('一起吃午饭吗');
  liu.send('是');
  tapOn(liu, await liu.answer('请核对一遍'), '提交');
  await liu.answer('交好了');
  await beginService(liu, '秋游报名');
  expect((await liu.answer('一起吃午饭吗')).text).not.toContain('照片里');
  liu.send('不是');
  expect((await liu.answer('请核对一遍')).text).toContain('照片里可以有您吗？');
});

test('when staff say that the phone is lost, the chat is a stranger’s until the number is proven again', async () => {
  const clerk = await house.signIn(OLD_CLERK);
  const [found] = (await clerk.post('/api/retirees/search', { words: '刘淑兰' })).body;
  expect((await clerk.post(`/api/retirees/${found.id}/lost-phone`)).status).toBe(200);
  liu.send('我办的事');
  await liu.answer('还没有办过事');
  const told = await house.simulator.sms.waitFor(LIU, (text) => text.includes('退出了所有登录过的设备'), NEWS_MS);
  expect(told.text).toContain('识字里社区');
  liu.shareContact();
  await liu.answer('认出您了');
});

test('nothing that was said held a number or an address', () => {
  expect(saidTo(liu)).not.toMatch(/1\d{10}|\d{17}[\dXx]|纺织厂宿舍/);
});

test('where the pages are public, the button beside the line to write in opens them', async () => {
  const open = await openTestHouse({ env: { PUBLIC_URL: 'https://tuiguan.example' } });
  try {
    const phone = await join(open, '刘淑兰', LIU);
    const { menuButton } = await phone.waitFor((chat) => chat.menuButton.type === 'web_app' && chat);
    expect(menuButton).toMatchObject({ text: '打开页面', web_app: { url: 'https://tuiguan.example/tg' } });
  } finally {
    await open.stop();
  }
});
