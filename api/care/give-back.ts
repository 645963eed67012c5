/** A lead gives back what was approved and not handed over, or enters that what was paid came back: with a reason, never by deletion. */
import { ensureCanSee } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { inACase } from './errors.ts';
import { releasePayments, reservationsOf, reversePayments } from './ledger.ts';

/** What is approved in a case is given back by the case. @throws not-signed-in, not-found, already-settled, in-a-case */
export async function releasePayment(ctx: Ctx, paymentId: string, reason: string): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    if ((await payment(inside, paymentId)).caseId) throw inACase();
    await releasePayments(inside, [paymentId], reason);
    return null;
  });
}

/** @throws not-signed-in, not-found, already-settled, nothing-reserved */
export async function reversePayment(ctx: Ctx, paymentId: string, reason: string): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    await payment(inside, paymentId);
    await reversePayments(inside, [paymentId], { day: dayOf(ctx.clock()), reason });
    return null;
  });
}

async function payment(ctx: Ctx, id: string) {
  const [reserved] = await reservationsOf(ctx, [id]);
  if (!reserved) throw notFound();
  ensureCanSee(ctx.actor, 'care.approve', { unitId: reserved.unitId });
  return reserved;
}
