/** Staff make a slip for a retiree in their care: whoever types its digits is bound, once. */
import { z } from 'zod';
import { linkScopes, relations, slips, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { ensurePerson } from '../access/can.ts';
import { usualScope } from '../access/link.ts';
import type { Ctx } from '../context.ts';
import { ensureTheirs } from './ensure-theirs.ts';
import { newSlipCode, slipIndex } from './slip-code.ts';

const LIFE_MS = 14 * 24 * 60 * 60 * 1000;
/** Of a thousand million codes two are the same now and then. */
const TRIES = 5;

export const madeSlip = z.object({
  id: z.uuid(),
  /** For the paper; it is kept nowhere. */
  code: z.string(),
  relation: z.enum(relations),
  scope: z.enum(linkScopes),
  expiresAt: z.iso.datetime(),
  retiree: z.string(),
  unit: z.object({ name: z.string(), phone: z.string().nullable() }),
});
export type MadeSlip = z.infer<typeof madeSlip>;

/** @throws not-found when the retiree is not in the care of the caller's unit */
export async function makeSlip(
  ctx: Ctx,
  input: { retireeId: string; relation: Relation; scope?: LinkScope | undefined },
): Promise<MadeSlip> {
  const { accountId: madeBy } = ensurePerson(ctx.actor);
  const { retireeId, relation } = input;
  const { name, care, insuredAt } = await ensureTheirs(ctx, retireeId);
  // One's own record is one's own whole.
  const scope = relation === 'self' ? usualScope('self') : (input.scope ?? usualScope(relation));
  const now = ctx.clock();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const { id, code } = await write(ctx, { retireeId, relation, scope, madeBy, createdAt: now, expiresAt });
  const unit = care ?? insuredAt;
  return {
    id,
    code,
    relation,
    scope,
    expiresAt: expiresAt.toISOString(),
    retiree: name,
    unit: { name: unit.name, phone: unit.phone },
  };
}

async function write(
  ctx: Ctx,
  values: Omit<typeof slips.$inferInsert, 'codeIndex'>,
): Promise<{ id: string; code: string }> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const code = newSlipCode();
    const [made] = await ctx.db
      .insert(slips)
      .values({ ...values, codeIndex: slipIndex(code) })
      .onConflictDoNothing({ target: slips.codeIndex })
      .returning({ id: slips.id });
    if (made) return { id: made.id, code };
  }
  throw new Error('No code of a slip was free.');
}
