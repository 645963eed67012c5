/**
 * The driver as Drizzle is given it: with every statement prepared. Drizzle prepares only what was built ahead of time, and what is
 * not prepared goes to the server twice, to be described and to be run, and is planned anew each time.
 */
import type postgres from 'postgres';

type Unsafe = postgres.Sql['unsafe'];
type Act = (inner: { unsafe: Unsafe }) => unknown;

/** The same client, and the same transactions on it. */
export function preparing<Client extends { unsafe: Unsafe }>(client: Client): Client {
  return new Proxy(client, {
    get(target, key) {
      if (key === 'unsafe')
        return (...[query, params]: Parameters<Unsafe>) => target.unsafe(query, params, { prepare: true });
      const own: unknown = Reflect.get(target, key);
      if (key !== 'begin' && key !== 'savepoint') return own;
      return (act: Act) => (own as (act: Act) => unknown)((inner) => act(preparing(inner)));
    },
  });
}
