/** Who asks to join a group, for whoever leads it: their names, and nothing else. */
import { z } from 'zod';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { openAt } from '../engine/cases/open-at.ts';

export const asking = z.object({
  /** The case to agree to, as it was seen. */
  number: z.string(),
  version: z.int(),
  name: z.string(),
});

/** Of the group of this number; never whom the reader acts for, or asked for themself (`case.lead`). */
export async function askingFor(ctx: Ctx, unitId: string, n: number): Promise<z.infer<typeof asking>[]> {
  const { accountId, links } = ensurePerson(ctx.actor);
  const open = await openAt(ctx, 'group-join', unitId);
  return open
    .filter(({ answers, applicantId, subject }) => {
      const own = applicantId === accountId || links.some(({ retireeId }) => retireeId === subject.id);
      return answers['group'] === n && !own;
    })
    .map(({ number, version, subject }) => ({ number, version, name: subject.name }));
}
