/** The same in chat: 请社区回电, asked for by tapping through the bot's questions, and answered by a clerk with one tap. */
import { spokenNumber } from '../../../api/engine/case-number.ts';
import type { Phone } from '../../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../../bot/simulator/view.ts';
import type { Person, Player } from '../town/cast.ts';
import type { World } from '../../bench/run/world.ts';
import { GaveUp } from './insist.ts';
import type { Acknowledged, Scene } from './stories.ts';

/** What somebody taps who wants to be called back, the furthest first. */
const WAY = ['提交', '开始办', '请社区回电'];
const ASKED = '打哪个电话';
const CALLED = '已回电';
/** No answer for so long: one asks again. */
const ANSWER_MS = 15_000;
const PATIENCE_MS = 150_000;

export interface ChatScene extends Scene {
  world: World;
  /** Hears of every act of a person when Telegram has it: it may be handed over once more. */
  acted: (phone: Phone) => unknown;
}

export async function askForCall(scene: ChatScene, person: Person, clerk: Player): Promise<void> {
  const phone = phoneOf(scene, person);
  const number = await tapThrough(scene, phone);
  const told: Acknowledged = { number, kind: 'call-back', person, clerk, fileId: null, finished: false };
  scene.acknowledge(told);
  await call(scene, clerk, number);
  told.finished = true;
}

const phoneOf = ({ world }: ChatScene, { chatId, name }: Player) =>
  world.simulator.phone({ id: chatId, firstName: name });

/** @returns the number that the bot said */
async function tapThrough(scene: ChatScene, phone: Phone): Promise<string> {
  const until = performance.now() + PATIENCE_MS;
  const first = phone.messages().at(-1)?.id ?? 0;
  deed(scene, phone, () => phone.send('办事'));
  while (performance.now() < until) {
    const answer = await phone.answer('', ANSWER_MS).catch(() => null);
    const said = answer && numberIn(phone, first);
    if (said) return said;
    const next = answer && furthest(answer);
    if (next) deed(scene, phone, () => phone.tap(next, answer.id));
    else deed(scene, phone, () => phone.send(answer?.text.includes(ASKED) ? '13800009999' : '办事'));
  }
  throw new GaveUp(`the bot took no call of ${phone.id}: ${phone.messages().at(-1)?.text.slice(0, 200)}`);
}

/** A person's act, which Telegram may hand over twice. */
function deed({ acted }: ChatScene, phone: Phone, act: () => unknown): void {
  act();
  acted(phone);
}

const numberIn = (phone: Phone, after: number): string | undefined =>
  phone
    .messages()
    .filter(({ id, from }) => id > after && from === 'bot')
    .flatMap(({ text }) => /编号 ((?:\d{3} ?){3,4})/.exec(text)?.[1]?.replaceAll(' ', '') ?? [])
    .at(-1);

const furthest = ({ buttons }: SeenMessage): string | undefined =>
  WAY.find((way) => buttons.flat().some(({ kind, text }) => kind === 'callback' && text === way));

/** The clerk's tap, again if nothing came of it. */
async function call(scene: ChatScene, clerk: Player, number: string): Promise<void> {
  const phone = phoneOf(scene, clerk);
  const isCard = ({ text, buttons }: SeenMessage) =>
    text.includes(spokenNumber(number)) && buttons.flat().some((one) => one.text === CALLED);
  const until = performance.now() + PATIENCE_MS;
  const card = await phone.see(isCard, ANSWER_MS).catch(() => {
    // Whoever gets many in a minute is told how many, and opens them from the list.
    deed(scene, phone, () => phone.start(`c-${number}`));
    return phone.see(isCard, PATIENCE_MS);
  });
  while (performance.now() < until) {
    deed(scene, phone, () => phone.tap(CALLED, card.id));
    const settled = await phone.see((one) => one.id === card.id && !isCard(one), ANSWER_MS).catch(() => null);
    if (settled) return;
  }
  throw new GaveUp(`nothing came of the tap on ${number}`);
}
