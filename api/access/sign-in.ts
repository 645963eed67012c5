/** Signing in with a phone number and a one-time code; the same codes prove, for another purpose, that it is still the owner. */
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { codes } from '../../db/schema/access.ts';
import { blindIndex } from '../../db/vault.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { isMobile, parsePhone, type Phone } from '../values/phone.ts';
import { accountFor } from './accounts.ts';
import { notAMobile, smsFailed, wrongCode } from './errors.ts';
import { attempt, codesFromAddress, codesToPhone, wrongCodes } from './limits.ts';
import { isSame, newCode } from './secrets.ts';
import { startSession, type NewSession } from './sessions.ts';

const CODE_LIFE_MS = 10 * 60 * 1000;
const TRIES_PER_CODE = 5;

/** What a code is for: one sent for signing in deletes no account, and the other way round. */
export type CodePurpose = 'sign-in' | 'export' | 'close-account';

/** Sends a code. The answer is the same whether or not the number is known. @throws not-a-mobile, too-many-attempts, sms-failed */
export async function sendCode(
  ctx: Ctx,
  typed: string,
  address: string,
  purpose: CodePurpose = 'sign-in',
): Promise<void> {
  const phone = mobile(typed);
  await attempt(ctx, codesFromAddress, address);
  await attempt(ctx, codesToPhone, phone);
  const code = newCode();
  const now = ctx.clock();
  await ctx.db.insert(codes).values({
    phoneIndex: indexFor(purpose, phone),
    codeHash: hashFor(purpose, phone, code),
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_LIFE_MS),
  });
  try {
    await ctx.city.sms.send(phone, say(ctx.locale, `access:sms.${purpose}`, { code }));
  } catch {
    throw smsFailed();
  }
}

/** Signs in with the code; makes the account when the number is new. @throws wrong-code, too-many-attempts */
export async function signIn(ctx: Ctx, typed: { phone: string; code: string }): Promise<NewSession> {
  const phone = mobile(typed.phone);
  await proveByCode(ctx, 'sign-in', phone, typed.code);
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const accountId = await accountFor(inside, 'phone', phone);
    return startSession(inside, accountId);
  });
}

/** Uses up the code that was sent to this number for this purpose. `ctx.db` is no transaction. @throws wrong-code, too-many-attempts */
export async function proveByCode(ctx: Ctx, purpose: CodePurpose, phone: Phone, typed: string): Promise<void> {
  const forget = await attempt(ctx, wrongCodes, purpose === 'sign-in' ? phone : `${purpose}:${phone}`);
  if (!(await useCode(ctx, purpose, phone, typed.normalize('NFKC').replace(/\s/g, '')))) throw wrongCode();
  await forget();
}

/** The number, and what for: each purpose has codes of its own. */
const indexFor = (purpose: CodePurpose, phone: Phone) =>
  blindIndex('phone', purpose === 'sign-in' ? phone : `${purpose}:${phone}`);
const hashFor = (purpose: CodePurpose, phone: Phone, code: string) =>
  blindIndex('code', purpose === 'sign-in' ? `${phone}:${code}` : `${purpose}:${phone}:${code}`);

/** Uses a code up, if it is right: every try counts, in the same statement that reads it. */
async function useCode(ctx: Ctx, purpose: CodePurpose, phone: Phone, code: string): Promise<boolean> {
  const now = ctx.clock();
  const newest = ctx.db
    .select({ id: codes.id })
    .from(codes)
    .where(and(eq(codes.phoneIndex, indexFor(purpose, phone)), isNull(codes.usedAt), gt(codes.expiresAt, now)))
    .orderBy(desc(codes.createdAt), desc(codes.id))
    .limit(1);
  const [tried] = await ctx.db
    .update(codes)
    .set({ tries: sql`${codes.tries} + 1` })
    .where(eq(codes.id, sql`(${newest})`))
    .returning();
  if (!tried || tried.tries > TRIES_PER_CODE) return false;
  if (!isSame(tried.codeHash, hashFor(purpose, phone, code))) return false;
  const used = await ctx.db
    .update(codes)
    .set({ usedAt: now })
    .where(and(eq(codes.id, tried.id), isNull(codes.usedAt)))
    .returning({ id: codes.id });
  return used.length > 0;
}

/** @throws not-a-mobile: only a mobile number can be sent a code */
export function mobile(typed: string): Phone {
  const parsed = parsePhone(typed);
  if (!parsed.ok || !isMobile(parsed.value)) throw notAMobile();
  return parsed.value;
}
