/** What is there twice: after Telegram handed updates over again, after jobs were done again, after sends were refused and workers killed. */
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { sweepActivities } from '../../../api/activities/sweep.ts';
import { greetBirthdays } from '../../../api/care/greet-birthdays.ts';
import type { Ctx } from '../../../api/context.ts';
import { sendDigests } from '../../../api/digest/send-digests.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { escalate } from '../../../api/escalation/escalate.ts';
import { remindTerms } from '../../../api/groups/remind-terms.ts';
import { walkNotices } from '../../../api/notices/walk.ts';
import { drain, sceneOf } from '../../faults/round.ts';
import { startOne } from '../../faults/town/processes.ts';
import type { Town } from '../../faults/town/town.ts';
import { askForCall } from '../../faults/traffic/chat.ts';
import type { Acknowledged } from '../../faults/traffic/stories.ts';
import { messagesSoFar, verify } from '../../faults/verify.ts';
import { withProgram } from './process.ts';
import { exactly, figure, type Figure, type Table } from './table.ts';
import { tellAll } from './tell.ts';

/** Of so many replays one is of a story of its own; the others are of the same acts. */
const REPLAYS_A_STORY = 50;
const AT_ONCE = 6;
/** A prime: the acts come again in another order than they were done. */
const STRIDE = 7919;
const PATIENCE_MS = 120_000;

export async function measureDoubles(town: Town, ctx: Ctx, replays: number): Promise<Table> {
  return {
    title: '8. Doubles: what is there twice, or went out twice',
    figures: [...(await replay(town, replays)), ...(await doAgain(town, ctx)), ...(await sendAgain(town, ctx))],
    notes: [
      'Each act in chat (words, taps, a form handed in, a decision) is handed over again at once, by turns afterwards, and after the bot was killed.',
      'Telegram knows no key that would let it refuse a message sent before: what a killed worker had in hand goes out again.',
      `Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
    ],
  };
}

/** People ask in chat to be called and clerks say that they called; Telegram hands every update over again and again. */
async function replay(town: Town, replays: number): Promise<Figure[]> {
  town.post.clear();
  const before = await messagesSoFar(town);
  const told: Acknowledged[] = [];
  const acts: (() => void)[] = [];
  const scene = sceneOf(town, {
    acknowledge: (one) => told.push(one),
    acted: (phone) => {
      phone.redeliverLast();
      acts.push(phone.keepLast());
    },
  });
  const people = town.cast.people.slice(0, Math.ceil(replays / REPLAYS_A_STORY));
  const clerkOf = (unitId: string) => town.cast.clerks.find((one) => one.unitId === unitId);
  const play = async () => {
    for (let person = people.shift(); person; person = people.shift()) {
      const clerk = clerkOf(person.unitId);
      if (clerk) await askForCall(scene, person, clerk);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, play));
  await drain(town);
  const { wrong } = await verify(town, told, before, false);
  for (const one of new Set(wrong)) console.log(`  ✗ ${one}`);
  const whole = await countAll(town);
  for (let at = 0; at < replays - 2 * acts.length; at += 1) acts[(at * STRIDE) % acts.length]?.();
  await everythingTaken(town);
  const late = await countAll(town);
  await town.processes.kill('bot');
  await town.processes.start('bot');
  for (let at = 0; at < acts.length; at += 1) acts[(at * STRIDE) % acts.length]?.();
  await everythingTaken(town);
  const restarted = await countAll(town);
  return [
    figure('acts in chat', acts.length, ''),
    figure('handed over again', Math.max(replays, 2 * acts.length), ''),
    exactly('  cases, decisions and messages that are not there exactly once', wrong.length, 0),
    exactly('  written by what came later', rowsMore(whole, late), 0),
    exactly('  answered by the bot once more', late.sends - whole.sends, 0),
    exactly('  written by what came after a kill -9 of the bot', rowsMore(late, restarted), 0),
    figure('  answered in words by that bot, which knows no more that it did', restarted.sends - late.sends, ''),
  ];
}

interface Counted {
  cases: number;
  events: number;
  messages: number;
  payments: number;
  /** Messages that came to people's chats. */
  sends: number;
}

async function countAll({ database: { connection }, post }: Town): Promise<Counted> {
  const [row] = await connection.sql<Omit<Counted, 'sends'>[]>`
    select (select count(*)::int from cases) as cases, (select count(*)::int from case_events) as events,
           (select count(*)::int from messages) as messages, (select count(*)::int from care_payments) as payments`;
  if (!row) throw new Error('Nothing was counted.');
  return { ...row, sends: [...post.sends.values()].filter(({ chat }) => chat !== WITNESS).length };
}

const rowsMore = (before: Counted, after: Counted): number =>
  (['cases', 'events', 'messages', 'payments'] as const).reduce((sum, what) => sum + after[what] - before[what], 0);

/** The chat of somebody who does nothing but ask whether the bot is there. */
const WITNESS = 5_999_999_999;

/** What was handed over again is given before anything new: once somebody new is answered it was taken, and a bot that ends has done it. */
async function everythingTaken(town: Town): Promise<void> {
  const witness = town.world.simulator.phone({ id: WITNESS, firstName: '证人', known: true });
  witness.send('/start');
  await witness.answer('', PATIENCE_MS);
  await town.processes.stop('bot');
  await town.processes.start('bot');
  await drain(town);
}

const ROUNDS = 10;

/** Every job of the clockwork, by two workers at once, again and again. */
async function doAgain(town: Town, ctx: Ctx): Promise<Figure[]> {
  const failed: unknown[] = [];
  const jobs: (() => Promise<unknown>)[] = [
    () => escalate(ctx),
    () => sendDigests(ctx),
    () => greetBirthdays(ctx),
    () => remindTerms(ctx),
    () => sweepTimers(ctx, (error) => failed.push(error)),
    () => walkNotices(ctx),
    () => sweepActivities(ctx),
  ];
  // Some days later, so that there is something to do: what waits is overdue by then.
  town.jump(WEEK_MS);
  const since = town.clock();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const job of jobs) await Promise.all([job(), job()]);
    rounds.push((await countAll(town)).messages);
  }
  if (failed.length > 0) console.log(`  ✗ ${failed.map(String).join('; ')}`);
  const [alike] = await town.database.connection.sql<{ many: number; messages: number }[]>`
    select coalesce(sum(n) - count(*), 0)::int as many, coalesce(sum(n), 0)::int as messages from (
      select count(*) as n from messages where created_at >= ${since.toISOString()}
       group by account_id, retiree_id, room_id, case_id, form, template, params - 'requestId') as same`;
  return [
    figure(`messages by jobs done ${2 * ROUNDS} times, by two at once`, alike?.messages ?? 0, ''),
    exactly('  written twice', alike?.many ?? 0, 0),
    exactly('  written by a later turn', (rounds.at(-1) ?? 0) - (rounds[0] ?? 0), 0),
  ];
}

const WEEK_MS = 7 * 86_400_000;
const MANY = 1000;
const REFUSED = 200;
const KILLS = 5;

/** Two workers, while Telegram refuses; then one of them is killed time and again. */
async function sendAgain(town: Town, ctx: Ctx): Promise<Figure[]> {
  await drain(town);
  const { people } = town.cast;
  const env = { ...town.env, CLOCK_AHEAD_MS: String(town.clock().getTime() - Date.now()) };
  return withProgram(startOne('worker', env), async () => {
    const { simulator } = town.world;
    town.post.clear();
    simulator.fail({ method: 'sendMessage', times: REFUSED, with: 500 });
    simulator.fail({ method: 'sendMessage', times: REFUSED, with: 429, retryAfter: 1 });
    await tellAll(ctx, people, { from: MANY, many: MANY });
    await drain(town);
    simulator.failNoMore();
    const refused = town.post.sends.size - MANY;
    town.post.clear();
    const telling = tellAll(ctx, people, { from: 2 * MANY, many: MANY });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(1000 + Math.random() * 500);
      await town.processes.kill('worker');
      await town.processes.start('worker');
    }
    await telling;
    await drain(town);
    const lost = new Set([...town.post.sends.values()].map(({ chat, text }) => `${chat} ${text}`)).size - MANY;
    return [
      exactly(`sent twice of ${MANY} by two workers, refused ${2 * REFUSED} times`, refused, 0),
      exactly(`lost of ${MANY}, while one worker was killed ${KILLS} times`, -lost, 0),
      figure('  sent again, being in flight when it was killed', town.post.sends.size - MANY, ''),
    ];
  });
}
