/**
 * No more is asked of the pool at once than it has connections; what comes then waits its turn, first come first served. Without it the
 * driver sends what is too much down connections that are busy, and a transaction that lands on one behind a hundred others is not kept
 * apart from them (`UNSAFE_TRANSACTION`): with two thousand people at once that happens.
 */
import type postgres from 'postgres';

type Unsafe = postgres.Sql['unsafe'];
type Pending = ReturnType<Unsafe>;

/** Runs work when it is its turn. */
type Turn = <T>(work: () => PromiseLike<T>) => Promise<T>;

/** At most so many at once. */
export function turns(most: number): Turn {
  let running = 0;
  const waiting: (() => void)[] = [];
  let first = 0;
  const next = (): void => {
    const go = waiting[first];
    if (!go) {
      running -= 1;
      return;
    }
    first += 1;
    // What was taken is let go of now and then, not each time: the queue may be long.
    if (first > 1000) {
      waiting.splice(0, first);
      first = 0;
    }
    go();
  };
  return async (work) => {
    if (running < most) running += 1;
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    try {
      return await work();
    } finally {
      next();
    }
  };
}

/** The same client; a transaction is one turn with everything in it. */
export function takingTurns(client: postgres.Sql, most: number): postgres.Sql {
  const turn = turns(most);
  return new Proxy(client, {
    get(target, key) {
      if (key === 'begin') return (act: Parameters<typeof target.begin>[1]) => turn(() => target.begin(act as never));
      if (key !== 'unsafe') return Reflect.get(target, key) as unknown;
      return (...given: Parameters<Unsafe>) => waitingQuery(turn, () => target.unsafe(...given));
    },
  });
}

/** A query that is asked when it is its turn: for its rows as objects, or as lists if that is said before. */
function waitingQuery(turn: Turn, ask: () => Pending): Promise<unknown> & { values(): Promise<unknown> } {
  let asLists = false;
  const rows = Promise.resolve().then(() => turn<unknown>(() => (asLists ? ask().values() : ask())));
  return Object.assign(rows, {
    values() {
      asLists = true;
      return rows;
    },
  });
}
