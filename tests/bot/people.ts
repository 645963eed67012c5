/** The people of the demo, each with a phone in hand that the bot knows. */
import sharp from 'sharp';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { HouseUnderTest } from '../tools/house-under-test.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';

/** Shares one's own number with the bot, which then knows who it is. */
export async function join(house: HouseUnderTest, firstName: string, phoneNumber: string): Promise<Phone> {
  const phone = house.simulator.phone({ firstName, phoneNumber });
  phone.shareContact();
  await phone.answer('认出您了');
  return phone;
}

/** Milliseconds to wait for news: a chat that was busy gets one message a second (Telegram's limit, which the simulator keeps). */
export const NEWS_MS = 15_000;

/** Taps a button of this very message. */
export const tapOn = (phone: Phone, { id }: SeenMessage, button: string) => phone.tap(button, id);

/** Begins a service from the menu, up to its first question. */
export async function beginService(phone: Phone, title: string): Promise<void> {
  phone.send('办事');
  tapOn(phone, await phone.answer('可以办这些事'), title);
  tapOn(phone, await phone.answer('个工作日内办结'), '开始办');
}

/** Answers the page-only question that the chat handed over, as the page would; a picture is sent up first. */
export async function answerOnPage(house: HouseUnderTest, asked: SeenMessage, given: unknown): Promise<void> {
  const link = asked.buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '';
  const browser = house.visit();
  const opened = await browser.post('/api/question-links/open', { token: new URL(link).hash.slice(1) });
  const grant = { 'x-grant': opened.body.grant };
  const value =
    given instanceof Uint8Array
      ? [(await browser.call('POST', '/api/question-links/files', given, grant)).body.id]
      : given;
  const answer = { value, seen: opened.body.question.revision };
  const saved = await browser.call('PUT', '/api/question-links/answer', answer, grant);
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
}

/** Everything that the bot ever said in a chat, edits included as they stand now. */
export const saidTo = (phone: Phone): string =>
  phone
    .messages()
    .filter(({ from }) => from === 'bot')
    .map(({ text, buttons }) => [text, ...buttons.flat().map((button) => `${button.text} ${button.value}`)].join('\n'))
    .join('\n');

/** A small picture, as a phone takes one. */
export async function picture(): Promise<Uint8Array<ArrayBuffer>> {
  const made = sharp({ create: { width: 40, height: 40, channels: 3, background: '#888' } });
  return new Uint8Array(await made.jpeg().toBuffer());
}
