/** Limits on whole routes that cost much or guess: a request is counted before its verb runs. Never on a plain read. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../http.ts';
import { attempt, type Limit } from './limits.ts';

/** Whose requests are counted together. Chats have no address; of people not signed in the address is all that is known. */
const counted = {
  address: (c: Context<Env>) => (c.env?.inner ? null : c.get('address')),
  caller: (c: Context<Env>) => {
    const { actor } = c.get('ctx');
    return actor.is === 'person' ? actor.accountId : counted.address(c);
  },
  guest: (c: Context<Env>) => (c.get('ctx').actor.is === 'guest' ? counted.address(c) : null),
};

/** @throws too-many-attempts */
export const limited =
  (by: keyof typeof counted, limit: Limit): MiddlewareHandler<Env> =>
  async (c, next) => {
    const who = counted[by](c);
    if (who !== null) await attempt(c.get('ctx'), limit, who);
    return next();
  };
