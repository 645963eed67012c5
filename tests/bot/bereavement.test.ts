/** A death in chat: a daughter nobody knows reports at night, the clerk verifies in the morning, she goes on; and one that is not true. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { chen, enterBase, liu, nameOf, openStory } from '../api/deaths/stories.ts';
import type { Stage } from '../api/engine/stage.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { answerOnPage, join, NEWS_MS, picture, saidTo, tapOn } from './people.ts';

let stage: Stage;
let daughter: Phone;
let mother: Phone;
let clerk: Phone;

beforeAll(async () => {
  stage = await openStory('2026-11-23 15:00', 'all');
  await enterBase(stage);
  mother = await join(stage.house, '刘淑兰', LIU);
  clerk = await join(stage.house, '李娟', OLD_CLERK);
  daughter = stage.house.simulator.phone({ firstName: '小燕', phoneNumber: '13955550001' });
});
afterAll(() => stage.stop());

describe('a daughter nobody knows', () => {
  test('writes it in her own words at eleven at night, and is asked gently', async () => {
    stage.at('2026-11-23 23:00');
    daughter.send('我妈妈今天走了');
    const guide = await daughter.answer('请节哀');
    expect(guide.text).toContain('核实以前什么都不会变');
    tapOn(daughter, guide, '开始办');
    const who = await daughter.answer('逝者是谁');
    expect(who.text).toContain('请不要在聊天里写');
    await answerOnPage(stage.house, who, nameOf(liu));
    tapOn(daughter, await daughter.see('哪一天离世的', NEWS_MS), '今天（2026年11月23日）');
    tapOn(daughter, await daughter.answer('住在哪个社区'), '不知道');
    daughter.send('女儿');
    await daughter.answer('没看出您选哪一个');
    daughter.send('子女');
    await daughter.answer('怎么称呼您');
    daughter.send('刘小燕');
    await daughter.answer('打哪个电话');
    daughter.send('13955550001');
    tapOn(daughter, await daughter.answer('有证明的照片吗'), '跳过');
    const check = await daughter.answer('请核对一遍');
    expect(check.text).not.toMatch(/13955550001|刘淑兰/);
    tapOn(daughter, check, '提交');
    const done = await daughter.answer('请您节哀');
    expect(done.text).toContain('社区会先打电话或上门核实');
    expect(done.text).not.toContain('识字里');
  });

  test('nobody hears anything before eight in the morning', async () => {
    stage.at('2026-11-24 07:59');
    // What is due is sent within a tenth of a second: a question of the mother's own is answered, and nothing else has come.
    mother.send('帮助');
    await mother.answer('点按钮或打字都可以');
    clerk.send('帮助');
    await clerk.answer('点按钮或打字都可以');
    expect(saidTo(mother)).not.toContain('需要向您核实');
    expect(saidTo(clerk)).not.toContain('待核实');
  });

  test('at eight the retiree is asked to verify something, and the clerk has the card', async () => {
    stage.at('2026-11-24 08:00');
    const asked = await mother.see('需要向您核实的信息，如不属实请点这里', NEWS_MS);
    expect(asked.buttons.flat().map(({ text }) => text)).toEqual(['不属实', '菜单', '找人']);
    const card = await clerk.see('请先打电话，再决定。', NEWS_MS);
    expect(card.buttons.flat().map(({ text }) => text)).toEqual(expect.arrayContaining(['已核实，属实', '不属实']));
  });

  test('the clerk verifies it at nine, in chat', async () => {
    stage.at('2026-11-24 09:00');
    tapOn(clerk, await clerk.see((one) => one.text.includes('请先打电话') && one.buttons.length > 0), '已核实，属实');
    tapOn(clerk, await clerk.answer('怎么核实的'), '打过电话');
    await clerk.answer('核实到什么');
    clerk.send('问了邻居和女儿，都说是');
    tapOn(clerk, await clerk.answer('报告人是家属吗'), '是');
    tapOn(clerk, await clerk.answer('请核对一遍'), '确定：已核实，属实');
    // The registry holds it now, and the card names her as it should.
    expect((await clerk.answer('您已办理')).text).toContain('逝者刘淑兰');
  });

  test('the daughter is told, and follows the survivor benefits, whose sums stand on the page only', async () => {
    const told = await daughter.see('逝者刘淑兰的丧葬补助金', NEWS_MS);
    tapOn(daughter, told, '看这件事');
    const report = await daughter.answer('识字里社区已经核实');
    tapOn(daughter, report, '遗属待遇');
    const benefits = await daughter.answer('等家属备好材料');
    expect(benefits.text).toContain('逝者刘淑兰');
    expect(benefits.buttons.flat().map(({ text }) => text)).toEqual(
      expect.arrayContaining(['在网页上看估算', '补材料、改内容', '代表大家签字，交给经办机构']),
    );
    tapOn(daughter, benefits, '补材料、改内容');
    const check = await daughter.answer('请核对一遍');
    // The number is not said in chat; it was not asked again either.
    expect(check.text).toContain('刘小燕');
    tapOn(daughter, check, '修改：逝者的证明');
    // Papers with names and numbers on them do not go through a chat.
    await answerOnPage(stage.house, await daughter.answer('请不要在聊天里写'), await picture());
    tapOn(daughter, await daughter.answer('请核对一遍'), '提交');
    tapOn(daughter, await daughter.answer('您已办理'), '看这件事');
    tapOn(daughter, await daughter.answer('等家属备好材料'), '代表大家签字，交给经办机构');
    tapOn(daughter, await daughter.answer('代表所有继承人签字'), '知道了');
    const sign = await daughter.answer('请核对一遍');
    tapOn(daughter, sign, '确定：代表大家签字，交给经办机构');
    await daughter.answer('您已办理');
    expect(saidTo(daughter)).not.toMatch(/4400|39600|48400|\d 元/);
  });

  test('nothing that was said to her breaks the standard for bereavement, and her mother read no word of death', () => {
    const said = saidTo(daughter);
    expect(said).not.toMatch(/[!！]|您好|恭喜|太好了|🎉/);
    expect(said).not.toMatch(/1\d{10}|\d{17}[\dXx]/);
    expect(saidTo(mother)).not.toMatch(/离世|去世|逝|亡故|丧葬|抚恤/);
  });
});

describe('a report that is not true', () => {
  test('is stopped by the retiree with one tap in chat', async () => {
    stage.at('2026-11-24 14:00');
    const retiree = stage.house.simulator.phone({ firstName: '陈建国', phoneNumber: '13800000003' });
    retiree.shareContact();
    await retiree.answer('收到您的手机号了');
    const browser = await stage.person('13800000003');
    const bound = await browser.post('/api/me/bind', nameOf(chen));
    expect(bound.status).toBe(200);
    const zhang = await join(stage.house, '张伟', RECEIVING_CLERK);
    const liar = stage.house.visit();
    const answers = {
      who: nameOf(chen),
      diedOn: '2026-11-20',
      community: null,
      relation: 'neighbour',
      reporter: '某某',
      phone: '13955550066',
      certificate: null,
    };
    const given = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));
    const { draft } = (await liar.post('/api/drafts', { kind: 'death-report', answers: given })).body;
    expect((await liar.post(`/api/drafts/${draft.id}/submit`, { checked: draft.revision })).status).toBe(200);

    const asked = await retiree.see('如不属实请点这里', NEWS_MS);
    tapOn(retiree, asked, '不属实');
    await retiree.see((one) => one.id === asked.id && one.text.includes('您已办理：不属实'));
    const card = await zhang.see('本人表示不实', NEWS_MS);
    tapOn(zhang, card, '已上门核实，属实');
    expect((await zhang.answer('哪一天上门的')).text).toContain('哪一天上门的');
    zhang.send('取消');
    await zhang.answer('已经放下');
    expect(saidTo(retiree)).not.toMatch(/离世|去世|逝|亡故/);
  });

  test('moving away is no death: 「我搬走了」 leads to the move', async () => {
    mother.send('我们搬走了');
    expect((await mother.answer('不用迁户口')).text).not.toContain('节哀');
  });
});
