/** A load of messages, committed as the product commits one that stands apart from any case. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Ctx } from '../../../api/context.ts';
import { tellAccount } from '../../../api/delivery/tell-account.ts';
import type { Player } from '../../faults/town/cast.ts';

/** Messages a second. */
export const RATE = 100;

/** Tells somebody something every hundredth of a second. @returns when each began, by its number */
export async function tellAll(
  ctx: Ctx,
  people: readonly Player[],
  { from, many }: { from: number; many: number },
): Promise<number[]> {
  const first = performance.now() + 200;
  return Promise.all(
    Array.from({ length: many }, async (_, at) => {
      await wait(Math.max(0, first + (at / RATE) * 1000 - performance.now()));
      const person = people[at % people.length];
      const n = from + at;
      const began = performance.now();
      if (person)
        await tellAccount({ ...ctx, requestId: `told:${n}` }, person.accountId, 'withdrawn', {
          name: person.name,
          service: String(n),
          number: String(n),
        });
      return began;
    }),
  );
}
