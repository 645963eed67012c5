/**
 * The driver as Drizzle is given it: with statements prepared. Drizzle prepares only what was built ahead of time, and what is
 * not prepared goes to the server twice, to be described and to be run, and is planned anew each time. Pages of rows are not: the driver
 * tells statements apart by their length and by which of their values are missing, and keeps each as long as the connection lasts, here
 * and on the server.
 */
import type postgres from 'postgres';

type Unsafe = postgres.Sql['unsafe'];
type Act = (inner: { unsafe: Unsafe }) => unknown;

/** A statement with more values than this writes or seeks a page of rows. */
const MOST_VALUES = 200;

/** The same client, and the same transactions on it. */
export function preparing<Client extends { unsafe: Unsafe }>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      if (key === 'unsafe')
        return (...[query, params]: Parameters<Unsafe>) =>
          target.unsafe(query, params, { prepare: (params?.length ?? 0) <= MOST_VALUES });
      const own: unknown = Reflect.get(target, key);
      if (key !== 'begin' && key !== 'savepoint') return own;
      return (act: Act) => (own as (act: Act) => unknown)((inner) => act(preparing(inner)));
    },
  });
}
