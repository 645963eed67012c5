/** What became of a round's messages, written down while the others are still on their way: whoever is killed then repeats few. */
import type { Db } from '../../db/connect.ts';
import type { Clock } from '../dates.ts';
import type { Claimed } from './claim.ts';
import { giveBack, mark, type Outcome } from './mark.ts';

/** A round against a quick channel is over before this, and is marked once; Telegram takes seconds for it. */
const EVERY_MS = 200;

export interface Marks {
  /** Notes what became of these; now and then it is written. */
  write(done: readonly Outcome[]): Promise<void>;
  /** Notes that these were not tried: they are somebody else's again. */
  leave(rows: readonly Claimed[]): void;
  /** Writes what is left to be written. */
  end(): Promise<void>;
}

export function openMarks(db: Db, clock: Clock): Marks {
  const outcomes: Outcome[] = [];
  const untried: string[] = [];
  let writtenAt = performance.now();
  return {
    async write(done) {
      outcomes.push(...done);
      if (performance.now() - writtenAt < EVERY_MS) return;
      writtenAt = performance.now();
      const some = outcomes.splice(0);
      // A database that is away now may be back at the end of the round.
      await mark(db, clock(), some).catch(() => void outcomes.push(...some));
    },
    leave: (rows) => void untried.push(...rows.map(({ id }) => id)),
    async end() {
      await mark(db, clock(), outcomes);
      await giveBack(db, untried);
    },
  };
}
