/** Whole lifecycles a second: draft, answers, submit, decision, office entry, and every message delivered to its chat. */
import { setTimeout as wait } from 'node:timers/promises';
import type postgres from 'postgres';
import { Caller } from './caller.ts';
import type { Cast } from './cast.ts';
import { answersFor, approve, fillIn, submit, untimed } from './story.ts';
import { figure, type Figure } from './table.ts';
import type { World } from './world.ts';

/** Lifecycles under way at once. */
export const USERS = 80;
/** Messages that are not out this long after the last decision are not coming. */
const PATIENCE_MS = 60_000;

export interface Lived {
  perSecond: number;
  lifecycles: number;
  /** Seconds from the last decision until the outbox was empty. */
  drained: number;
  undelivered: number;
}

/**
 * Runs lifecycles side by side, each with another retiree and another clerk, and waits for the outbox. The clerk decides
 * when the card is in the chat, and enters when the next one is.
 */
export async function live(
  { database: { sql }, cast, world }: { database: { sql: postgres.Sql }; cast: Cast; world: World },
  url: string,
  options: { seconds: number; oneByOne: boolean },
): Promise<Lived> {
  const people = cast.applicants;
  let next = 0;
  const numbers: string[] = [];
  const began = performance.now();
  const until = began + options.seconds * 1000;
  const play = async (user: number): Promise<void> => {
    const connection = new Caller(url);
    for (let turn = user; performance.now() < until; turn += 1) {
      const person = people[next++ % people.length];
      const clerk = cast.clerks[turn % cast.clerks.length];
      if (!person || !clerk || person.unitId === clerk.unitId) continue;
      const applicant = connection.as(person.token);
      const staff = connection.as(clerk.token);
      const draft = await fillIn(applicant, person, clerk.unitId, options.oneByOne, untimed);
      const opened = await submit(applicant, draft, untimed);
      const card = await world.card(clerk, opened.number);
      const entering = await approve(staff, opened, untimed);
      await world.card(clerk, opened.number, card);
      const done = await approve(staff, entering, untimed);
      person.unitId = clerk.unitId;
      if (done.status !== 'approved') throw new Error(`case ${done.number} is ${done.status}`);
      numbers.push(done.number);
    }
    await connection.close();
  };
  await Promise.all(Array.from({ length: USERS }, (_, user) => play(user)));
  const decided = performance.now();
  await emptyOutbox(sql);
  const ended = performance.now();
  const undelivered = await countUndelivered(sql, numbers);
  return {
    perSecond: (numbers.length - undelivered) / ((ended - began) / 1000),
    lifecycles: numbers.length,
    drained: (ended - decided) / 1000,
    undelivered,
  };
}

async function emptyOutbox(sql: postgres.Sql): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const [row] = await sql`select count(*)::int as n from messages where state = 'queued'`;
    if (row?.['n'] === 0) return;
    await wait(20);
  }
}

/** Cases with a message that neither was sent, nor counted in another, nor is kept in somebody's own list. */
async function countUndelivered(sql: postgres.Sql, numbers: readonly string[]): Promise<number> {
  const [row] = await sql`
    select count(distinct k.id)::int as n
      from cases k join messages m on m.case_id = k.id
     where k.number = any(${numbers as string[]}) and m.state not in ('sent', 'kept', 'unreachable', 'replaced')`;
  return Number(row?.['n'] ?? 0);
}

/** The figures of one way of running the product. */
export function lifecycleFigures(name: string, lived: Lived, target: Figure['target']): Figure[] {
  return [
    figure(`lifecycles, ${name}`, lived.perSecond, '/s', target),
    figure(`  done`, lived.lifecycles, ''),
    figure(`  not delivered`, lived.undelivered, ''),
    figure(`  outbox empty after`, lived.drained, 's'),
  ];
}

/** How many answers a lifecycle has. */
export const ANSWERS = Object.keys(answersFor('')).length;
