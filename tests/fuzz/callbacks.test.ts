/**
 * Every button and command of the chat, as it stands there, with parts of it exchanged, and made up altogether, from chats of a
 * stranger, a retiree, a clerk and a lead. Whatever comes in, the bot answers in words that Telegram takes, and shows nothing of its inside.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayAt } from '../../bot/dialog/days.ts';
import { converse, type Incoming } from '../../bot/dialog/flows/converse.ts';
import { clientFor, type Doors, type Memory, type Talk } from '../../bot/dialog/flows/talk.ts';
import type { Message, Turn } from '../../bot/dialog/message.ts';
import { questionMark } from '../../bot/dialog/question.ts';
import { LIMITS } from '../../bot/simulator/limits.ts';
import { commands, taps, type ChatStory } from '../api/access/matrix-chat.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { HOSTILE, INSIDE, SEED, told } from './inputs.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);
const CITY = '13800000041';

let house: HouseUnderTest;
let story: ChatStory;
let known: string[];
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  const liu = await house.signIn(LIU);
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', move);
  const { draft } = (await liu.post('/api/drafts', { kind: 'call-back' })).body;
  const retiree = (await liu.get('/api/me')).body.people[0].id;
  story = { number, draft: draft.id, question: questionMark(draft.next), ticket: retiree, retiree };
  known = Object.values(taps).flatMap((aims) => aims.map(({ data }) => data(story)));
  for (const [at, phone] of [LIU, OLD_CLERK, RECEIVING_CLERK, CITY].entries()) {
    const body = JSON.stringify({ phone, own: true });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    await house.app.request('/api/chat/contact', init, { inner: { chat: chatOf(at + 1) } });
  }
});
afterAll(() => house.stop());

/** The chat of nobody, of 刘淑兰, of two clerks and of the city's lead. */
const CHATS = [0, 1, 2, 3, 4];
const chatOf = (at: number) => ({ kind: 'telegram' as const, id: `${81_000 + at}`, name: '某人', language: 'zh' });
const memories = CHATS.map((): Memory => ({}));

/** What comes in: buttons as they are, near misses of them, commands, words. */
function comingIn() {
  const words = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 60 }));
  const parts = fc.constantFrom(...new Set(known.flatMap((data) => data.split('.'))));
  const part = fc.oneof({ weight: 3, arbitrary: parts }, { weight: 1, arbitrary: words });
  const near = fc.tuple(fc.constantFrom(...known), fc.nat(), part).map(([data, at, other]) =>
    data
      .split('.')
      .with(at % data.split('.').length, other)
      .join('.'),
  );
  const data = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 4, arbitrary: near }, words);
  const payload = fc.oneof(words, fc.constantFrom(`c-${story.number}`, `d-${story.draft}`, 's-relocation', ''));
  return fc.oneof<fc.Arbitrary<Incoming>[]>(
    ...[1, 2, 3, 4].map(() => data.map((tapped) => ({ is: 'tap' as const, data: tapped }))),
    fc.record({ is: fc.constant('command' as const), name: fc.constantFrom(...Object.keys(commands)), payload }),
    fc
      .oneof(words, fc.constantFrom('13800000009', '办事', '回电', '同意', '返回', '2026-10-01', '第一个'))
      .map((text) => ({
        is: 'words' as const,
        text,
      })),
  );
}

/** What the API answered with 5xx on the way, or showed. */
async function answer(at: number, incoming: Incoming): Promise<{ turn: Turn; broken: string[] }> {
  const broken: string[] = [];
  const doors: Doors = {
    async request(input, init, env) {
      const given = await house.app.request(input, init, env);
      if (given.status >= 500) broken.push(`${init.method ?? 'GET'} ${input} answered ${given.status}`);
      return given;
    },
  };
  const now = new Date();
  const api = clientFor(doors, chatOf(at), null);
  const memory = memories[at] ?? {};
  const talk: Talk = { api, now, today: dayAt(now), baseUrl: house.url, appUrl: null, memory, locale: 'zh-CN' };
  return { turn: await converse(talk, incoming), broken };
}

/** What Telegram would refuse of a message, or nobody should read. */
function faultsOf({ text, buttons }: Message): string[] {
  const bytes = buttons.flat().flatMap((button) => ('data' in button ? [Buffer.byteLength(button.data)] : []));
  return [
    ...(text.trim() === '' || text.length > LIMITS.text ? [`a text of ${text.length}`] : []),
    ...(bytes.some((size) => size > LIMITS.callbackDataBytes || size === 0) ? ['a button that carries too much'] : []),
    ...(buttons.flat().length > LIMITS.buttons ? ['too many buttons'] : []),
    ...(INSIDE.test(text) ? [`its inside: ${text.slice(0, 300)}`] : []),
  ];
}

test('no button, command or word breaks the chat, whoever sends it', { timeout: 1_800_000 }, async () => {
  const counts = { said: 0, changed: 0, noticed: 0, nothing: 0 };
  const property = fc.asyncProperty(fc.constantFrom(...CHATS), comingIn(), async (at, incoming) => {
    const { turn, broken } = await answer(at, incoming);
    const messages = [...(turn.say ?? []), ...(turn.edit ? [turn.edit] : [])];
    const found = [...broken, ...messages.flatMap(faultsOf)];
    if ((turn.toast?.length ?? 0) > LIMITS.callbackAnswer) found.push('a notice that is too long');
    if (turn.say) counts.said += 1;
    else if (turn.edit ?? turn.mark) counts.changed += 1;
    else counts[turn.toast ? 'noticed' : 'nothing'] += 1;
    expect(found, `chat ${at}: ${JSON.stringify(incoming)}`).toEqual([]);
  });
  const options = { numRuns: RUNS, ...(SEED !== undefined && { seed: SEED }), endOnFailure: true };
  const broke = await fc.assert(property, options).catch((error: unknown) => told('the chat', error));
  expect(broke).toBeUndefined();
  if (RUNS > 3000) process.stdout.write(`chat: ${JSON.stringify(counts)}\n`);
  expect(counts.said).toBeGreaterThan(RUNS / 4);
});
