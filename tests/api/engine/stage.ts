/** A house with a clock that tests set, its people by phone or post, and the clockwork's own hands. */
import { and, eq } from 'drizzle-orm';
import { system } from '../../../api/access/actor.ts';
import { openCity } from '../../../api/city.ts';
import { readConfig } from '../../../api/config.ts';
import type { Ctx } from '../../../api/context.ts';
import { logins, posts, type Role } from '../../../db/schema/access.ts';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';

export interface Stage {
  house: HouseUnderTest;
  /** Moves the clock: to a moment in Changsha, `2026-09-21 10:00`, with seconds where they count. */
  at(moment: string): void;
  /** Somebody signed in, once a phone. */
  person(phone: string): Promise<Browser>;
  /** Whoever holds a post, signed in. */
  staff(unitId: string, role: Role): Promise<Browser>;
  /** Gives whoever has the phone a chat, as sharing the number with the bot does. @returns the chat's id */
  openChat(phone: string): Promise<string>;
  /** What the clockwork acts with. */
  ctx: Ctx;
  stop(): Promise<void>;
}

/** Opens the stage at a moment; `parts` leaves parts of the house out (`web` has no worker that delivers by itself). */
export async function openStage(moment: string, parts: 'all' | 'web' = 'all'): Promise<Stage> {
  let now = momentOf(moment);
  const clock = () => now;
  const house = await openTestHouse({ clock, env: { ROLE: parts } });
  const { connection } = house;
  const sms = { send: async () => {} };
  const settings = { publicNoticeDays: 5 };
  const city = await openCity(connection, { sms, keep: readConfig({}), settings, ended: () => {} });
  const known = new Map<string, Promise<Browser>>();
  let chats = 4_301_000;
  const person = (phone: string) => {
    const there = known.get(phone) ?? house.signIn(phone);
    known.set(phone, there);
    return there;
  };
  return {
    house,
    at: (wanted) => {
      now = momentOf(wanted);
    },
    person,
    async staff(unitId, role) {
      const [found] = await connection.db
        .select({ phone: logins.address })
        .from(posts)
        .innerJoin(logins, and(eq(logins.accountId, posts.accountId), eq(logins.kind, 'phone')))
        .where(and(eq(posts.unitId, unitId), eq(posts.role, role)));
      if (!found) throw new Error(`Nobody is ${role} at ${unitId}.`);
      return person(found.phone);
    },
    async openChat(phone) {
      const chat = { kind: 'telegram' as const, id: `${++chats}`, name: '', language: 'zh' };
      const body = JSON.stringify({ phone, own: true });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      await house.app.request('/api/chat/contact', init, { inner: { chat } });
      return chat.id;
    },
    ctx: { actor: system, db: connection.db, clock, locale: 'zh-CN', city },
    async stop() {
      await city.stop();
      await house.stop();
    },
  };
}

const momentOf = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);

/** Answers as they are sent. */
export const saying = (answers: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value }]));

/** Uses a verb as somebody who has just looked at the case. */
export async function use(who: Browser, number: string, verb: string, answers?: Record<string, unknown>) {
  const { version } = (await who.get(`/api/cases/${number}`)).body;
  return who.post(`/api/cases/${number}/${verb}`, { version, ...(answers && { answers: saying(answers) }) });
}
