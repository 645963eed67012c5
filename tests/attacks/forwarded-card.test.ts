/** A clerk's card in other hands, through the whole chat: forwarded, its buttons copied, pressed late, pressed for somebody else. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { tap } from '../../bot/dialog/taps.ts';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';
import { join, NEWS_MS, saidTo, tapOn } from '../bot/people.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';

let house: HouseUnderTest;
let liu: Browser;
let zhang: Phone;
let thief: Phone;
let elsewhere: Phone;
let number: string;

beforeAll(async () => {
  house = await openTestHouse();
  liu = await house.signIn(LIU);
  zhang = await join(house, '张伟', RECEIVING_CLERK);
  elsewhere = await join(house, '李娟', OLD_CLERK);
  thief = house.simulator.phone({ firstName: '路人', phoneNumber: '13700000009' });
  thief.start();
  await thief.answer('您好');
});
afterAll(() => house.stop());

beforeEach(async () => {
  // Each of these stories is of another day: the fourth card of a minute would only be counted.
  await house.connection.sql`update messages set created_at = created_at - interval '2 days' where form = 'card'`;
  const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  number = await apply(liu, 'relocation', move);
});

afterEach(() => liu.post(`/api/cases/${number}/withdraw`, { version: 1 }));

const isOpenCard = (message: SeenMessage) =>
  message.text.replaceAll(' ', '').includes(number) && message.buttons.flat().some(({ text }) => text === '同意');
const card = () => zhang.see(isOpenCard, NEWS_MS);
const caseNow = async () => (await liu.get(`/api/cases/${number}`)).body;
const isUntouched = async () => {
  expect(await caseNow()).toMatchObject({ status: 'open', version: 1, claimedBy: null });
};

test('forwarded to somebody else it has no buttons, and the bot does nothing with it', async () => {
  const theirs = thief.forward(await card());
  expect(theirs.buttons).toEqual([]);
  const answer = await thief.answer();
  expect(answer.text.replaceAll(' ', '')).not.toContain(number);
  await isUntouched();
});

test('pressed with all of its data from another chat, every button does nothing and says nothing of her', async () => {
  const data = (await card()).buttons.flat().flatMap(({ kind, value }) => (kind === 'callback' ? [value] : []));
  expect(data.length).toBeGreaterThan(4);
  for (const phone of [thief, elsewhere]) {
    const own = phone.messages().find(({ from }) => from === 'bot');
    for (const value of data) phone.press(own?.id ?? 0, value);
    // What comes from one chat is handled in order: once this is answered, so is everything before.
    phone.send('/help');
    await phone.answer('点按钮或打字', NEWS_MS);
  }
  // The thief's chat knows of nothing; the other clerk's knows what was her own before: 刘淑兰 is in her care.
  expect(saidTo(thief)).not.toMatch(/刘淑兰|东方新城|梓园/);
  expect(saidTo(thief).replaceAll(' ', '')).not.toContain(number);
  await isUntouched();
});

test('guessed for a case that one has never seen, a button tells as much as for a case that is not there', async () => {
  const press = async (value: string) => {
    const own = thief.messages().find(({ from }) => from === 'bot');
    thief.press(own?.id ?? 0, value);
    return (await thief.answer('没有找到')).text;
  };
  const forged = (of: string) => tap('verb', { number: of, version: 1, verb: 'claim', sure: true });
  const hers = await press(forged(number));
  expect(await press(forged('100000990'))).toBe(hers);
  await isUntouched();
});

test('pressed by the clerk after she withdrew, it says what happened and decides nothing', async () => {
  const old = await card();
  await liu.post(`/api/cases/${number}/withdraw`, { version: 1 });
  const data = old.buttons.flat().find(({ text }) => text === '同意')?.value ?? '';
  zhang.press(old.id, data);
  await zhang.waitFor(({ toasts }) => toasts.some(({ text }) => text.includes('刚才已经处理过')));
  expect((await caseNow()).status).toBe('withdrawn');
});

test('pressed by a clerk whose post has ended meanwhile, it decides nothing and shows nothing', async () => {
  const old = await card();
  const post = (column: string) =>
    house.connection.sql.unsafe(`update posts set ended_at = ${column}
      from accounts a where a.id = posts.account_id and a.name = '张伟'`);
  await post('now()');
  const before = zhang.messages().length;
  tapOn(zhang, old, '同意');
  await zhang.answer('没有找到');
  expect(zhang.messages().length).toBeGreaterThanOrEqual(before);
  await post('null');
  await isUntouched();
});

test('somebody else’s contact, forwarded or typed, makes nobody of the thief', async () => {
  thief.shareContact({ phoneNumber: RECEIVING_CLERK, firstName: '张伟' });
  await thief.answer('别人的名片');
  thief.shareContact({ phoneNumber: RECEIVING_CLERK, firstName: '张伟', userId: zhang.id });
  await thief.answer('别人的名片');
  const shared = zhang.shareContact();
  thief.forward(shared);
  await thief.answer('别人的名片');
  thief.send(RECEIVING_CLERK);
  await thief.answer();
  thief.send('待办');
  expect((await thief.answer()).text).not.toContain('刘淑兰');
  await isUntouched();
});
