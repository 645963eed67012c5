/**
 * A transaction whose connection was lost is over, whatever its code still wants to do. The driver rejects it at once and connects anew
 * for whoever comes next, but lets the code that is still running go on: what it writes then would stand alone, outside of any
 * transaction, or in somebody else's.
 */
import { setImmediate as turnOfEvents } from 'node:timers/promises';
import type postgres from 'postgres';

type Unsafe = postgres.TransactionSql['unsafe'];
/** As much of a transaction as is asked of it. */
interface Inner {
  unsafe: Unsafe;
  savepoint(act: (inner: Inner) => unknown): Promise<unknown>;
}

/** As the driver calls it; answered as a database that is away. */
const lost = () =>
  Object.assign(new Error('the connection of this transaction was lost'), { code: 'CONNECTION_CLOSED' });

/** The same client, with transactions that end whole. */
export function endingWhole(client: postgres.Sql): postgres.Sql {
  return new Proxy(client, {
    get(target, key) {
      if (key !== 'begin') return Reflect.get(target, key) as unknown;
      return (act: (inner: Inner) => unknown) => {
        let isOver = false;
        const isLost = () => isOver;
        const begun = target.begin((inner) =>
          heldBack(async () => act(refusing(inner as unknown as Inner, isLost)), isLost),
        );
        begun.catch(() => {
          isOver = true;
        });
        return begun;
      };
    },
  });
}

/** What a transaction came to; of one that is over nothing is heard any more, or the driver would still say commit or rollback. */
async function heldBack<T>(work: () => Promise<T>, isOver: () => boolean): Promise<T> {
  try {
    const result = await work();
    if (!isOver()) return result;
  } catch (error) {
    // A query that failed with its connection is heard of a moment before the transaction is.
    await turnOfEvents();
    if (!isOver()) throw error;
  }
  return new Promise<never>(() => {});
}

function refusing<T extends Inner>(inner: T, isOver: () => boolean): T {
  return new Proxy(inner, {
    get(target, key) {
      if (key === 'unsafe') return (...given: Parameters<Unsafe>) => (isOver() ? refused() : target.unsafe(...given));
      if (key !== 'savepoint') return Reflect.get(target, key) as unknown;
      return (act: Parameters<Inner['savepoint']>[0]) =>
        isOver()
          ? refused()
          : target.savepoint((deeper) => heldBack(async () => act(refusing(deeper, isOver)), isOver));
    },
  });
}

/** A query that is answered already, for whichever form of rows it is asked. */
function refused(): Promise<never> & { values(): Promise<never> } {
  const answer = Promise.reject(lost());
  return Object.assign(answer, { values: () => answer });
}
