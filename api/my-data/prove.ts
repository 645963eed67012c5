/** Proving that it is still the owner who asks: a fresh code to their own phone, good for one purpose. */
import { and, desc, eq } from 'drizzle-orm';
import { logins } from '../../db/schema/access.ts';
import { ensurePerson } from '../access/can.ts';
import { noPhoneToProve } from '../access/errors.ts';
import { proveByCode, sendCode, type CodePurpose } from '../access/sign-in.ts';
import type { Ctx } from '../context.ts';
import { isMobile, maskPhone, type Phone } from '../values/phone.ts';

export type ProofPurpose = Exclude<CodePurpose, 'sign-in'>;

/** The phone whose holder is the owner: the newest proved one, else the one registered for their own record. @throws no-phone-to-prove */
async function provingPhone(ctx: Ctx): Promise<Phone> {
  const { accountId, links } = ensurePerson(ctx.actor);
  const [proved] = await ctx.db
    .select({ address: logins.address })
    .from(logins)
    .where(and(eq(logins.accountId, accountId), eq(logins.kind, 'phone')))
    .orderBy(desc(logins.createdAt))
    .limit(1);
  if (proved) return proved.address as Phone;
  const own = links.find(({ relation }) => relation === 'self');
  const registered = own ? (await ctx.city.people.retiree(ctx.db, own.retireeId))?.phone : null;
  if (!registered || !isMobile(registered as Phone)) throw noPhoneToProve();
  return registered as Phone;
}

/** Sends the code. @returns the number it went to, masked. @throws no-phone-to-prove, too-many-attempts, sms-failed */
export async function sendProof(ctx: Ctx, purpose: ProofPurpose, address: string): Promise<{ phone: string }> {
  const phone = await provingPhone(ctx);
  await sendCode(ctx, phone, address, purpose);
  return { phone: maskPhone(phone) };
}

/** Uses the code up. `ctx.db` is no transaction. @throws wrong-code, too-many-attempts, no-phone-to-prove */
export async function ensureProven(ctx: Ctx, purpose: ProofPurpose, code: string): Promise<void> {
  await proveByCode(ctx, purpose, await provingPhone(ctx), code);
}
