import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { tap } from '../../bot/dialog/taps.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { DAUGHTER, RECEIVING_CLERK } from '../tools/story.ts';
import { beginService, join, picture, tapOn } from './people.ts';

/** What people, grandchildren and bad networks send that no form foresees. */
let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.stop());

describe('whoever nobody knows yet', () => {
  test('is greeted in two lines and asked for their own number', async () => {
    const stranger = house.simulator.phone({ firstName: '路人', phoneNumber: '13700000001' });
    stranger.start();
    const hello = await stranger.answer('您好');
    expect(hello.text.split('\n').slice(0, 2)).toEqual([
      '您好！我是退管通，帮退休人员和社区办事。',
      '搬家、换住址、查进度、找社区，都可以在这里办。',
    ]);
    expect(stranger.keyboard()).toEqual([['发送我的手机号']]);
    // A clerk who has not said who they are is asked to, not sent away.
    stranger.send('待办');
    const refused = await stranger.answer('这件事要由别人来办');
    expect(refused.text).toContain('请点下面的“发送我的手机号”');
  });

  test("cannot become somebody else by that person's contact card", async () => {
    const thief = house.simulator.phone({ firstName: '冒充', phoneNumber: '13700000002' });
    thief.shareContact({ phoneNumber: RECEIVING_CLERK, firstName: '张伟' });
    await thief.answer('别人的名片');
    thief.shareContact({ phoneNumber: RECEIVING_CLERK, firstName: '张伟', userId: 4242 });
    await thief.answer('别人的名片');
    thief.send('/pending');
    expect((await thief.answer('要由别人来办')).text).toContain('社区电话');
  });

  test('is told how to be bound when the number is on record but nobody is bound to it', async () => {
    const chen = house.simulator.phone({ firstName: '陈建国', phoneNumber: '13800000003' });
    chen.shareContact();
    const how = await chen.answer('证明您是本人');
    expect(how.text).toContain('请不要在聊天里发身份证号');
    expect(how.buttons.flat().some(({ value }) => value.includes('/in?to=/bind#'))).toBe(true);
    chen.send('430101195210011234');
    await chen.answer('请不要在聊天里发身份证号');
  });
});

describe('in the middle of a form', () => {
  let zhou: Phone;
  beforeAll(async () => {
    zhou = await join(house, '周敏', DAUGHTER);
    await beginService(zhou, '请社区回电');
    await zhou.answer('打哪个电话');
  });

  test.each([
    ['a voice message', () => zhou.sendVoice(), '暂时听不了语音，请点按钮，或请社区回电'],
    ['a sticker', () => zhou.sendSticker(), '贴图我看不懂'],
    ['emoji', () => zhou.send('👍👍'), '请写电话号码'],
    ['4,096 characters', () => zhou.send('长'.repeat(4096)), '请写电话号码'],
    [
      'a file',
      () => zhou.sendDocument({ name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([37]) }),
      '这个文件我打不开',
    ],
    ['a wrong number', () => zhou.send('1380000'), '位数不对'],
  ])('%s is answered kindly, and the question asked again', async (_what, act, words) => {
    act();
    expect((await zhou.answer(words)).text).toContain('打哪个电话');
  });

  test('a forwarded card of another chat answers nothing', async () => {
    zhou.forward(await zhou.see('打哪个电话'));
    expect((await zhou.answer('这是转发来的')).text).toContain('打哪个电话');
  });

  test('a phone number is taken and never repeated', async () => {
    zhou.send('１３９ ０００１ ００２２');
    const check = await zhou.answer('请核对一遍');
    expect(check.text).not.toMatch(/139|0022/);
    expect(check.text).toContain('请在页面查看');
  });

  test('取消 leaves the draft saved; it goes on where it was', async () => {
    zhou.send('取消。');
    await zhou.answer('填好的都存着');
    zhou.send('办事');
    tapOn(zhou, await zhou.answer('可以办这些事'), '接着办：替刘淑兰：请社区回电');
    expect((await zhou.answer('请核对一遍')).text).toContain('打哪个电话');
  });

  test('找人 gives the phone and the way back', async () => {
    zhou.send('找人');
    const human = await zhou.answer('12333');
    expect(human.text).toMatch(/请打识字里社区的电话：[\d-]+/);
    expect(human.text).toMatch(/现在(有人接|没人接|还没上班)/);
    tapOn(zhou, human, '回到刚才的问题');
    await zhou.answer('请核对一遍');
  });

  test('「提交」 tapped twice makes one case', async () => {
    const check = await zhou.see('请核对一遍');
    const submit = check.buttons[0]?.[0]?.value ?? '';
    zhou.press(check.id, submit);
    zhou.press(check.id, submit);
    await zhou.answer('交好了');
    zhou.redeliverLast();
    zhou.send('/cases');
    const list = await zhou.answer('您办的事');
    expect(list.text.match(/请社区回电/g)).toHaveLength(1);
  });

  test('a button of last week says so and shows where things stand', async () => {
    const check = await zhou.see('您办的事');
    const old = { draft: '00000000-0000-4000-8000-000000000000', question: 'abcdef', change: false, value: '0' };
    zhou.press(check.id, tap('answer', old));
    await zhou.answer('现在没有正在办的事');
    expect(zhou.toasts().at(-1)?.text).toContain('以前的');
    zhou.press(check.id, 'x.nonsense');
    await zhou.answer('现在没有正在办的事');
  });

  test('words that mean nothing bring the menu, kindly', async () => {
    zhou.send('今天天气不错');
    expect((await zhou.answer('不要紧')).buttons.flat().map(({ text }) => text)).toContain('办事');
    await zhou.sendPhoto(await picture());
    await zhou.answer('现在没有要照片');
  });

  test.each([
    ['我搬家了', '搬到别的社区'],
    ['請社區回電', '请社区回电'],
  ])('%s leads to the guide of the service that is meant', async (typed, title) => {
    zhou.send(typed);
    expect((await zhou.answer('个工作日内办结')).text).toContain(title);
  });

  test('withdrawing is asked about once more', async () => {
    zhou.send('进度');
    tapOn(zhou, await zhou.answer('您办的事'), '替刘淑兰：请社区回电');
    tapOn(zhou, await zhou.answer('经过'), '撤回申请');
    const sure = await zhou.answer('真的要');
    tapOn(zhou, sure, '撤回申请');
    expect((await zhou.answer('您已办理：撤回申请')).text).toContain('请社区回电');
  });

  test('another language is used from now on', async () => {
    zhou.send('/language');
    tapOn(zhou, await zhou.answer('请选语言'), 'English');
    await zhou.answer('English it is');
    zhou.send('services');
    expect((await zhou.answer('These can be done here')).text).toContain('Tap one');
  });
});
