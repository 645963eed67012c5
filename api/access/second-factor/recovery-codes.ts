/** Ten codes on paper, for the day on which the phone with the authenticator app is lost. Each is good once. */
import { randomInt } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { recoveryCodes } from '../../../db/schema/access.ts';
import { blindIndex } from '../../../db/vault.ts';
import type { Ctx } from '../../context.ts';

const HOW_MANY = 10;
/** Two groups of five, without signs that are mistaken for each other: fifty bits. */
const LENGTH = 10;
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';

const newCode = () => Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
const hashOf = (accountId: string, code: string) => blindIndex('code', `recovery:${accountId}:${code}`);

/** What was typed as a recovery code, without spaces and hyphens; null when it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign)) ? code : null;
}

/** Makes ten new codes; the old ones are good no more. `ctx.db` is a transaction. @returns them in words, for the only time */
export async function makeRecoveryCodes(ctx: Ctx, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode);
  await ctx.db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await ctx.db.insert(recoveryCodes).values(codes.map((code) => ({ accountId, codeHash: hashOf(accountId, code) })));
  return codes.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`);
}

/** Uses a code up, if it is right: of two at once, one. */
export async function useRecoveryCode(ctx: Ctx, accountId: string, code: string): Promise<boolean> {
  const used = await ctx.db
    .update(recoveryCodes)
    .set({ usedAt: ctx.clock() })
    .where(
      and(
        eq(recoveryCodes.accountId, accountId),
        eq(recoveryCodes.codeHash, hashOf(accountId, code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ usedAt: recoveryCodes.usedAt });
  return used.length > 0;
}

/** How many are still good. */
export async function recoveryCodesLeft(ctx: Ctx, accountId: string): Promise<number> {
  const [found] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
  return found?.n ?? 0;
}
