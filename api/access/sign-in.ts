/** Signing in with a phone number and a one-time code. */
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

/** Sends a code. The answer is the same whether or not the number is known. @throws not-a-mobile, too-many-attempts, sms-failed */
export async function sendCode(ctx: Ctx, typed: string, address: string): Promise<void> {
  const phone = mobile(typed);
  await attempt(ctx, codesFromAddress, address);
  await attempt(ctx, codesToPhone, phone);
  const code = newCode();
  const now = ctx.clock();
  const phoneIndex = blindIndex('phone', phone);
  await ctx.db.insert(codes).values({
    phoneIndex,
    codeHash: blindIndex('code', `${phone}:${code}`),
    createdAt: now,
    expiresAt: new Date(now.getTime() + CODE_LIFE_MS),
  });
  try {
    await ctx.city.sms.send(phone, say(ctx.locale, 'access:sms.code', { code }));
  } catch {
    throw smsFailed();
  }
}

/** Signs in with the code; makes the account when the number is new. @throws wrong-code, too-many-attempts */
export async function signIn(ctx: Ctx, typed: { phone: string; code: string }): Promise<NewSession> {
  const phone = mobile(typed.phone);
  const forget = await attempt(ctx, wrongCodes, phone);
  if (!(await useCode(ctx, phone, typed.code.normalize('NFKC').replace(/\s/g, '')))) throw wrongCode();
  await forget();
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const accountId = await accountFor(inside, 'phone', phone);
    return startSession(inside, accountId);
  });
}

/** Uses a code up, if it is right: every try counts, in the same statement that reads it. */
async function useCode(ctx: Ctx, phone: Phone, code: string): Promise<boolean> {
  const now = ctx.clock();
  const newest = ctx.db
    .select({ id: codes.id })
    .from(codes)
    .where(and(eq(codes.phoneIndex, blindIndex('phone', phone)), isNull(codes.usedAt), gt(codes.expiresAt, now)))
    .orderBy(desc(codes.createdAt))
    .limit(1);
  const [tried] = await ctx.db
    .update(codes)
    .set({ tries: sql`${codes.tries} + 1` })
    .where(eq(codes.id, sql`(${newest})`))
    .returning();
  if (!tried || tried.tries > TRIES_PER_CODE) return false;
  if (!isSame(tried.codeHash, blindIndex('code', `${phone}:${code}`))) return false;
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
