// What the five main jobs cost those who do them, in chat and on the page, counted while they are done: taps, typed characters, what
// must be read (pages or messages) and seconds of waiting.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone as ChatPhone } from '../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { hold, inDays } from '../api/activities/hold.ts';
import { join, NEWS_MS } from '../bot/people.ts';
import { openPages, type Pages, type Phone } from '../e2e/phone.ts';
import { openOffices, type Offices } from '../e2e/staff-desk.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { costs } from './budgets.ts';
import { beginTable, note } from './notes.ts';

const ACTIVITY = '浏阳河边走一走';
const QUESTION = '八十岁有什么慰问';
const wang = namedRetirees.find(({ name }) => name === '王桂英');

let pages: Pages;
let offices: Offices;
beforeAll(async () => {
  beginTable('cost');
  pages = await openPages();
  offices = await openOffices(pages.house);
  await hold(await offices.signIn(OLD_CLERK), inDays(6));
});
afterAll(async () => {
  await offices.stop();
  await pages.stop();
});

const nothingMore = { taps: 0, typed: 0 };

/** What a job has cost so far. */
class Cost {
  taps = 0;
  typed = 0;
  read = 0;
  waitedMs = 0;

  /** Does something and waits until what comes next is there to be read. */
  async step<Seen>(act: () => unknown, next: () => Promise<Seen>): Promise<Seen> {
    await act();
    const from = performance.now();
    const seen = await next();
    this.waitedMs += performance.now() - from;
    this.read += 1;
    return seen;
  }

  /** Writes the line of the table. @returns by how much it costs more than it may */
  tell(job: string, where: string): { taps: number; typed: number } {
    const seconds = Number((this.waitedMs / 1000).toFixed(1));
    note('cost', { job, where, taps: this.taps, typed: this.typed, read: this.read, seconds });
    const { taps, typed } = costs[`${job}, ${where}`] ?? { taps: 0, typed: 0 };
    return { taps: Math.max(0, this.taps - taps), typed: Math.max(0, this.typed - typed) };
  }
}

/** A page in hand. */
class OnPage extends Cost {
  readonly phone: Phone;

  constructor(phone: Phone) {
    super();
    this.phone = phone;
  }

  press = (words: string | RegExp, next: string | RegExp) =>
    this.step(
      () => this.phone.press(words),
      () => this.phone.sees(next),
    );

  override tell(job: string, where = 'page'): { taps: number; typed: number } {
    this.taps += this.phone.taps;
    this.typed += this.phone.typed;
    return super.tell(job, where);
  }
}

/** A chat in hand; what belongs on a page is opened from it and counted as well. */
class InChat extends Cost {
  readonly chat: ChatPhone;

  constructor(chat: ChatPhone) {
    super();
    this.chat = chat;
  }

  write(words: string, next: string): Promise<SeenMessage> {
    this.typed += words.length;
    return this.step(
      () => this.chat.send(words),
      () => this.chat.answer(next),
    );
  }

  tap(message: SeenMessage, button: string, next: string): Promise<SeenMessage> {
    this.taps += 1;
    return this.step(
      () => this.chat.tap(button, message.id),
      () => this.chat.answer(next, NEWS_MS),
    );
  }

  /** Opens the page that the chat hands over, answers there, and comes back to the next message. */
  async onPage(asked: SeenMessage, answer: (phone: Phone) => Promise<void>, next: string): Promise<SeenMessage> {
    const link = asked.buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '';
    const phone = await pages.phone();
    await this.step(
      () => phone.page.goto(`/q${new URL(link).hash}`),
      () => phone.sees('请在这里填一题'),
    );
    await phone.press('打开');
    await answer(phone);
    await phone.sees('已经存好');
    // One to open the page, those on it, and one back into the chat.
    this.taps += phone.taps + 2;
    this.typed += phone.typed;
    this.read += 2;
    await phone.close();
    return this.step(
      () => undefined,
      () => this.chat.see(next, NEWS_MS),
    );
  }
}

/** A whole address; the keyboard's own key leads from line to line and counts as a character. */
async function home(phone: Phone): Promise<void> {
  await phone.write('住在哪个社区', '梓园');
  await phone.press(/^梓园社区/);
  await expect.poll(() => phone.page.evaluate(() => document.activeElement?.id)).toBe('answer-estate');
  for (const words of ['东方新城', '3', '']) {
    await phone.page.keyboard.type(words);
    await phone.page.keyboard.press('Enter');
    phone.typed += words.length + 1;
  }
  await phone.write('房号', '502');
  await phone.press('继续');
}

// First: whoever has moved is called by another community.
test('signing up for an activity', async () => {
  const job = new OnPage(await (await pages.phone()).signIn(LIU));
  await job.press(/^活动/, '活动');
  await job.press(new RegExp(ACTIVITY), ACTIVITY);
  await job.step(
    () => job.phone.press('给刘淑兰报名'),
    () => job.phone.page.getByText('刘淑兰：报上名了').waitFor(),
  );
  expect(job.tell('sign up for an activity')).toEqual(nothingMore);
  await job.phone.press('不去了，取消报名');
  await job.phone.press('真的取消');
  await job.phone.control('给刘淑兰报名').waitFor();
  await job.phone.close();

  const chat = new InChat(await join(pages.house, '刘淑兰', LIU));
  const list = await chat.write('活动', '离您近的活动');
  await chat.tap(list, '报名', '报上名了。');
  expect(chat.tell('sign up for an activity', 'chat')).toEqual(nothingMore);
});

test('moving house, on the page', async () => {
  const job = new OnPage(await (await pages.phone()).signIn(LIU));
  await job.press(/^我搬家了/, '新家还在原来的社区吗？');
  await job.press('不在，搬到了别的地方', '搬到别的社区');
  await job.press('开始', '搬到哪里了？');
  await job.press('长沙市内', '现在住在哪里？');
  await job.step(
    () => home(job.phone),
    () => job.phone.sees('哪一天搬过去的？'),
  );
  await job.press(/^昨天/, /为什么搬家/);
  await job.press('和子女一起住', /照片/);
  await job.press('跳过，不填', /新社区/);
  await job.press('看过了，知道了', '请看看对不对');
  await job.press('确认，提交', '已经提交');
  expect(job.tell('move house')).toEqual(nothingMore);
  await job.phone.page.goto('/c');
  await job.phone.press(/^搬到别的社区/);
  await job.phone.press('撤回申请');
  await job.phone.sees('真的要撤回吗？');
  await job.phone.press('撤回');
  await job.phone.page.getByText('您已撤回').first().waitFor();
  await job.phone.close();
});

test('moving house, in chat; and the clerk decides it there', async () => {
  const job = new InChat(await join(pages.house, '刘淑兰', LIU));
  const clerk = new InChat(await join(pages.house, '张伟', RECEIVING_CLERK));
  const guide = await job.write('搬家', '不用迁户口');
  const where = await job.tap(guide, '开始办', '搬到哪里了');
  const address = await job.tap(where, '长沙市内', '现在住在哪里');
  const day = await job.onPage(address, home, '哪一天搬过去的');
  const yesterday = day.buttons.flat().find(({ text }) => text.startsWith('昨天'))?.text ?? '';
  const why = await job.tap(day, yesterday, '为什么搬家');
  const proof = await job.tap(why, '和子女一起住', '有证明的照片吗');
  const notice = await job.tap(proof, '跳过', '您的服务信息将转给新社区');
  const understood = notice.buttons.flat()[0]?.text ?? '';
  const check = await job.tap(notice, understood, '请核对一遍');
  await job.tap(check, '提交', '交好了');
  expect(job.tell('move house', 'chat')).toEqual(nothingMore);

  const card = await clerk.chat.see('待审', NEWS_MS);
  clerk.taps += 1;
  await clerk.step(
    () => clerk.chat.tap('同意', card.id),
    () => clerk.chat.see(({ id, buttons }) => id === card.id && buttons.length === 0, NEWS_MS),
  );
  expect(clerk.tell('decide a case', 'chat')).toEqual(nothingMore);
});

test('reporting a death, on the page', async () => {
  const job = new OnPage(await pages.phone());
  await job.phone.page.goto('/');
  await job.press(/^家人离世/, '家人离世');
  await job.press('开始', '逝者是谁？');
  await job.phone.write('姓名', wang?.name ?? '');
  await job.phone.write('身份证号', wang?.idNumber ?? '');
  await job.press('继续', '哪一天离世的？');
  await job.press(/^昨天/, '逝者生前住在哪个社区？');
  await job.press('不知道', '您是逝者的什么人？');
  await job.press('子女', '怎么称呼您？');
  await job.phone.write('怎么称呼您？', '何小红');
  await job.press('继续', '打哪个电话能找到您？');
  await job.phone.write('打哪个电话能找到您？', '13955550077');
  await job.press('继续', '有证明的照片吗？');
  await job.press('跳过，不填', '请看看对不对');
  await job.press('确认，提交', '社区收到了');
  expect(job.tell('report a death')).toEqual(nothingMore);
  await job.phone.close();
});

test('reporting a death, in chat', async () => {
  const job = new InChat(pages.house.simulator.phone({ firstName: '小燕', phoneNumber: '13955550099' }));
  job.taps += 1;
  await job.step(
    () => job.chat.start(),
    () => job.chat.answer(),
  );
  const guide = await job.write('我妈妈走了', '请节哀');
  const who = await job.tap(guide, '开始办', '逝者是谁');
  const named = async (phone: Phone) => {
    await phone.write('姓名', '刘淑兰');
    await phone.write('身份证号', namedRetirees.find(({ name }) => name === '刘淑兰')?.idNumber ?? '');
    await phone.press('继续');
  };
  const day = await job.onPage(who, named, '哪一天离世的');
  const today = day.buttons.flat().find(({ text }) => text.startsWith('今天'))?.text ?? '';
  const where = await job.tap(day, today, '住在哪个社区');
  const relation = await job.tap(where, '不知道', '什么人');
  await job.tap(relation, '子女', '怎么称呼您');
  await job.write('刘小燕', '打哪个电话');
  const proof = await job.write('13955550099', '有证明的照片吗');
  const check = await job.tap(proof, '跳过', '请核对一遍');
  await job.tap(check, '提交', '请您节哀');
  expect(job.tell('report a death', 'chat')).toEqual(nothingMore);
});

test('asking a question', async () => {
  const job = new OnPage(await (await pages.phone()).signIn(LIU));
  await job.press(/^问一问/, '问一问');
  await job.phone.write('您想问什么？', QUESTION);
  await job.step(
    () => job.phone.press('问'),
    () => job.phone.page.getByRole('heading', { level: 2, name: '八十、九十、一百岁生日慰问', exact: true }).waitFor(),
  );
  expect(job.tell('ask a question')).toEqual(nothingMore);
  await job.phone.close();

  const chat = new InChat(await join(pages.house, '刘淑兰', LIU));
  await chat.write(QUESTION, '八十、九十、一百岁');
  expect(chat.tell('ask a question', 'chat')).toEqual(nothingMore);
});

test('deciding a case, on the page', async () => {
  const { name } = await offices.relocate('c');
  const desk = await offices.desk(RECEIVING_CLERK);
  const job = new Cost();
  await desk.opens('/staff', '待办');
  await job.step(
    () => desk.page.locator('a.line', { hasText: name }).first().click(),
    () => desk.button('同意').waitFor(),
  );
  await job.step(
    () => desk.press('同意'),
    () => desk.sees('同意：办好了'),
  );
  job.taps += 2;
  expect(job.tell('decide a case', 'page')).toEqual(nothingMore);
  await desk.close();
});
